"""One notice, told on each channel of its reporter's contact."""

import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import structlog

from services.notifier import metrics
from services.notifier.channels.channel import (
    ChannelSender,
    Later,
    Outcome,
    Refused,
    Sent,
    ServerAway,
    Telling,
)
from services.notifier.opening import opened
from services.notifier.outbox import Claim, Outbox
from services.notifier.patience import patiently
from services.notifier.rules import cause, next_try
from shared.contracts.content import ContactContent
from shared.contracts.deliveries import (
    DELIVERIES,
    NotificationDelivered,
    NotificationFailed,
)
from shared.contracts.event import event_id
from shared.contracts.vocabulary import Channel
from shared.errors import DependencyAway
from shared.failpoints import failpoint
from shared.kafka.publisher import Publisher
from shared.sealing import CannotOpen, Opener

log = structlog.get_logger()

SENT = "sent"
"""The server has it; Kafka does not know yet."""
DELIVERED = "delivered"
FAILED = "failed"


class Postponed(Exception):
    """It did not work this time; to be tried again after some seconds."""

    def __init__(self, reason: str, seconds: float) -> None:
        super().__init__(reason)
        self.reason = reason
        self.seconds = seconds


class Teller:
    """Tells a claimed notice, writes what became of it, and ends it."""

    def __init__(
        self,
        *,
        outbox: Outbox,
        opener: Opener,
        publisher: Publisher,
        first_retry: timedelta,
    ) -> None:
        self._outbox = outbox
        self._opener = opener
        self._publisher = publisher
        self._first_retry = first_retry

    async def tell(
        self, claim: Claim, senders: Mapping[Channel, ChannelSender]
    ) -> None:
        """
        Every channel once. Raises ServerAway, DependencyAway, Postponed.

        What an earlier try has done on a channel is marked and not done again.
        """
        try:
            telling = opened(claim, self._opener)
        except CannotOpen:
            marks = {Channel.MAIL: await self._settle(claim, Channel.MAIL, _UNREADABLE)}
        else:
            marks = {
                channel: await self._on_channel(claim, telling, channel, senders)
                for channel in wanted(telling.contact)
            }
        state = DELIVERED if DELIVERED in marks.values() else FAILED
        await patiently(lambda: self._outbox.finish(claim, state, marks))

    async def _on_channel(
        self,
        claim: Claim,
        telling: Telling,
        channel: Channel,
        senders: Mapping[Channel, ChannelSender],
    ) -> str:
        """The final mark of one channel."""
        mark = claim.marks.get(channel)
        if mark in (DELIVERED, FAILED):
            return mark
        if mark is not None:
            return await self._publish(claim, channel, mark)
        outcome = await self._delivered(claim, telling, senders.get(channel))
        return await self._settle(claim, channel, outcome)

    async def _delivered(
        self, claim: Claim, telling: Telling, sender: ChannelSender | None
    ) -> Sent | Refused:
        """Hand it over, or give up. Raises Postponed for what may work later."""
        if sender is None:
            return Refused("channel.unsupported")
        outcome = await _handed_over(sender, telling)
        if not isinstance(outcome, Later):
            return outcome
        wait = next_try(
            claim.tries + 1, first=self._first_retry, chance=random.random()
        )
        if wait is None:
            return Refused(outcome.reason)
        raise Postponed(outcome.reason, wait.total_seconds())

    async def _settle(
        self, claim: Claim, channel: Channel, outcome: Sent | Refused
    ) -> str:
        """Mark the outcome, then tell Kafka. Between the two a kill changes nothing."""
        sent = isinstance(outcome, Sent)
        mark = SENT if isinstance(outcome, Sent) else outcome.reason
        if sent:
            failpoint("notifier.after-smtp-250")
        await patiently(lambda: self._outbox.mark(claim, channel, mark))
        if sent:
            passed = datetime.now(UTC) - claim.notice.at
            metrics.TELLING_SECONDS.labels(channel).observe(passed.total_seconds())
        return await self._publish(claim, channel, mark)

    async def _publish(self, claim: Claim, channel: Channel, mark: str) -> str:
        """Write the event that follows from a mark. Raises BrokerAway."""
        kind = NotificationDelivered if mark == SENT else NotificationFailed
        type_ = kind.model_fields["type"].default
        event = kind.model_validate(
            {
                "event_id": event_id(
                    claim.report_id, type_, cause(claim.notice.version, channel)
                ),
                "occurred_at": datetime.now(UTC),
                "report_id": claim.report_id,
                "version": claim.notice.version,
                "channel": channel,
                "reason": mark,
            }
        )
        await self._publisher.publish(DELIVERIES, event)
        final = DELIVERED if mark == SENT else FAILED
        metrics.TOLD.labels(channel, final).inc()
        log.info("notice.told", channel=channel, outcome=final, reason=mark)
        return final


_UNREADABLE = Refused("contact.unreadable")


def wanted(contact: ContactContent) -> tuple[Channel, ...]:
    """The channels that a reporter has chosen."""
    chosen = ((Channel.MAIL, contact.email), (Channel.WEBHOOK, contact.webhook))
    return tuple(channel for channel, address in chosen if address)


async def _handed_over(sender: ChannelSender, telling: Telling) -> Outcome:
    """A fault of our own is no fault of the message: it comes again later."""
    try:
        return await sender.deliver(telling)
    except (ServerAway, DependencyAway):
        raise
    except Exception:
        log.exception("notice.broke")
        return Later("notifier.error")
