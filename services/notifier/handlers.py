"""What the notifier does when an event arrives."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog

from services.notifier.outbox import Outbox
from services.notifier.rules import notices, receipt
from shared.contracts.contacts import ContactGiven
from shared.contracts.status import StatusChanged
from shared.contracts.vocabulary import Lane

log = structlog.get_logger()

MEMORY = timedelta(days=7)
"""As long the topic keeps every version; what is older is not told again."""


def _now() -> datetime:
    return datetime.now(UTC)


class Handlers:
    """The notifier's answers to events. *wake* is called when something may be due."""

    def __init__(
        self,
        *,
        outbox: Outbox,
        wake: Callable[[], None],
        now: Callable[[], datetime] = _now,
    ) -> None:
        self._outbox = outbox
        self._wake = wake
        self._now = now

    async def on_status_changed(self, event: StatusChanged) -> None:
        """Keep what is to be told; the senders wait for the contact if need be."""
        report_id = event.report_id
        if event.lane is Lane.CONFIDENTIAL and event.version > 1:
            await self._outbox.hush(report_id, receipt(event))
        since = self._now() - MEMORY
        created = await self._outbox.enqueue(
            report_id,
            notices(event, since=since),
            version=event.version,
            fresh=event.occurred_at >= since,
        )
        if created:
            log.info(
                "notice.created",
                report_id=str(report_id),
                version=event.version,
                count=created,
            )
            self._wake()

    async def on_contact_given(self, event: ContactGiven) -> None:
        """Keep the contact as it came: sealed."""
        due = await self._outbox.remember(event.report_id, event.content)
        log.info("contact.kept", report_id=str(event.report_id))
        if due:
            self._wake()

    async def on_contact_forgotten(self, report_id: UUID) -> None:
        """A tombstone: nobody is told any more."""
        await self._outbox.forget(report_id)
        log.info("contact.forgotten", report_id=str(report_id))
