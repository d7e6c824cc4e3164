"""One notice, told on each channel of its reporter's contact."""

import random
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import structlog

from services.notifier import metrics
from services.notifier.channels.channel import (
    ChannelSender,
    Later,
    Refused,
    Sent,
    ServerAway,
    Telling,
)
from services.notifier.news import News
from services.notifier.opening import opened
from services.notifier.outbox import Claim, Outbox
from services.notifier.patience import patiently
from services.notifier.rules import next_try, wanted
from services.notifier.window import Window
from shared.contracts.vocabulary import Channel
from shared.errors import DependencyAway
from shared.failpoints import failpoint
from shared.sealing import CannotOpen, Opener

log = structlog.get_logger()

T = TypeVar("T")

SENT = "sent"
"""The server has it; Kafka does not know yet. A refusal's mark is its reason."""
DELIVERED = "delivered"
FAILED = "failed"


class Postponed(Exception):
    """It did not work this time; to be tried again after some seconds."""

    def __init__(self, reason: str, seconds: float) -> None:
        super().__init__(reason)
        self.reason = reason
        self.seconds = seconds


class Teller:
    """Tells a claimed notice, says what became of it, and ends it."""

    def __init__(
        self, *, outbox: Outbox, opener: Opener, news: News, first_retry: timedelta
    ) -> None:
        self._outbox = outbox
        self._opener = opener
        self._news = news
        self._first_retry = first_retry
        self._window = Window()

    async def tell(
        self, claim: Claim, senders: Mapping[Channel, ChannelSender]
    ) -> None:
        """
        Every channel once. Raises ServerAway, DependencyAway, Postponed.

        What an earlier try has done on a channel is marked and not done again.
        """
        marks: dict[Channel, str] = {}
        try:
            telling = opened(claim, self._opener)
        except CannotOpen:
            mark = await self._mark(claim, Channel.MAIL, Refused("contact.unreadable"))
            marks[Channel.MAIL] = await self._said(claim, Channel.MAIL, mark)
        else:
            for channel in wanted(telling.contact):
                mark = claim.marks.get(channel) or await self._marked(
                    claim, telling, channel, senders.get(channel)
                )
                marks[channel] = await self._said(claim, channel, mark)
        state = DELIVERED if DELIVERED in marks.values() else FAILED
        await patiently(lambda: self._outbox.finish(claim, state, marks))

    async def _marked(
        self,
        claim: Claim,
        telling: Telling,
        channel: Channel,
        sender: ChannelSender | None,
    ) -> str:
        """Hand it over or give up; the mark that is left. Raises Postponed."""
        if sender is None:
            return await self._mark(claim, channel, Refused("channel.unsupported"))
        trouble = await _guarded(lambda: sender.offer(telling))
        if trouble is None:
            async with self._window.entered():
                outcome = await _guarded(sender.hand_over)
                if isinstance(outcome, Sent):
                    failpoint("notifier.after-smtp-250")
                    return await self._mark(claim, channel, outcome)
                trouble = outcome
        return await self._mark(claim, channel, self._final(claim, trouble))

    def _final(self, claim: Claim, trouble: Later | Refused) -> Refused:
        """A refusal, or the last of many failures. Raises Postponed."""
        if isinstance(trouble, Refused):
            return trouble
        wait = next_try(
            claim.tries + 1, first=self._first_retry, chance=random.random()
        )
        if wait is None:
            return Refused(trouble.reason)
        raise Postponed(trouble.reason, wait.total_seconds())

    async def _mark(
        self, claim: Claim, channel: Channel, outcome: Sent | Refused
    ) -> str:
        """Remember the outcome, however long Redis is away."""
        mark = outcome.reason if isinstance(outcome, Refused) else SENT
        await patiently(lambda: self._outbox.mark(claim, channel, mark))
        if mark == SENT:
            passed = datetime.now(UTC) - claim.notice.at
            metrics.TELLING_SECONDS.labels(channel).observe(passed.total_seconds())
        return mark

    async def _said(self, claim: Claim, channel: Channel, mark: str) -> str:
        """Say what a mark means, unless that was done; the final mark."""
        if mark in (DELIVERED, FAILED):
            return mark
        if mark == SENT:
            await self._news.delivered(claim, channel)
            return DELIVERED
        await self._news.failed(claim, channel, mark)
        return FAILED


async def _guarded(step: Callable[[], Awaitable[T]]) -> T | Later:
    """A fault of our own is no fault of the message: it comes again later."""
    try:
        return await step()
    except (ServerAway, DependencyAway):
        raise
    except Exception:
        log.exception("notice.broke")
        return Later("notifier.error")
