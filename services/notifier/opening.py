"""Opens what a telling needs: the contact and the clerk's words."""

import structlog

from services.notifier.channels.channel import Telling
from services.notifier.outbox import Claim
from shared.contracts.content import ContactContent, MessageContent
from shared.sealing import CannotOpen, Opener

log = structlog.get_logger()

CONTACT_KEY = "notifier"
CITIZENS_KEY = "citizens"


def opened(claim: Claim, opener: Opener) -> Telling:
    """A claimed notice with its contact. Raises CannotOpen, UnknownRecipient."""
    contact = opener.open(CONTACT_KEY, claim.contact, claim.report_id, ContactContent)
    return Telling(
        report_id=claim.report_id,
        notice=claim.notice,
        contact=contact,
        words=_words(claim, opener),
    )


def _words(claim: Claim, opener: Opener) -> str | None:
    """The clerk's words. Unreadable ones do not hold up the rest of the mail."""
    sealed = claim.notice.message
    if sealed is None:
        return None
    try:
        return opener.open(CITIZENS_KEY, sealed, claim.report_id, MessageContent).text
    except CannotOpen:
        log.exception("message.unreadable", report_id=str(claim.report_id))
        return None
