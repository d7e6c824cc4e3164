"""The sender tasks: take what is due, tell it, and say what became of it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

import structlog
from structlog.contextvars import bound_contextvars

from services.notifier.bell import Bell
from services.notifier.breaker import Breaker
from services.notifier.channels.channel import ChannelSender, ServerAway
from services.notifier.outbox import Claim, Outbox
from services.notifier.patience import patiently
from services.notifier.telling import Postponed, Teller
from shared.contracts.vocabulary import Channel
from shared.errors import DependencyAway

log = structlog.get_logger()

IDLE_SECONDS = 5.0
GRACE_SECONDS = 6.0
BROKER_WAIT = 1.0

Channels = Mapping[Channel, Callable[[], ChannelSender]]


class Courier:
    """
    Several sender tasks over one outbox.

    They sleep until something is due, and wait together while a server is away.
    """

    def __init__(
        self,
        *,
        outbox: Outbox,
        teller: Teller,
        channels: Channels,
        breaker: Breaker,
        senders: int,
    ) -> None:
        self._outbox = outbox
        self._teller = teller
        self._channels = channels
        self._breaker = breaker
        self._senders = senders
        self._bell = Bell()
        self._stopping = False

    def wake(self) -> None:
        """Something may be due."""
        self._bell.ring()

    def wake_all(self) -> None:
        """Much may be due."""
        self._bell.ring_all()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[asyncio.Task[None]]:
        """Send while the block lasts; mails under way are finished before it ends."""
        task = asyncio.get_running_loop().create_task(self._run())
        try:
            yield task
        finally:
            self._stopping = True
            self.wake_all()
            await asyncio.wait([task], timeout=GRACE_SECONDS)
            task.cancel()
            await asyncio.wait([task])

    async def _run(self) -> None:
        found = await patiently(self._outbox.recover)
        if found:
            log.info("outbox.recovered", count=found)
        async with asyncio.TaskGroup() as tasks:
            for _ in range(self._senders):
                tasks.create_task(self._work())

    async def _work(self) -> None:
        """One sender task with its own connections."""
        senders = {channel: make() for channel, make in self._channels.items()}
        try:
            while not self._stopping:
                await self._breaker.passage()
                found = await patiently(self._outbox.claim)
                if isinstance(found, Claim):
                    await self._tell(found, senders)
                else:
                    await self._sleep(found)
        finally:
            for sender in senders.values():
                await sender.close()

    async def _sleep(self, seconds: float | None) -> None:
        """Until something may be due. Another process may have put it there."""
        if self._stopping:
            return
        longest = IDLE_SECONDS if seconds is None else min(seconds, IDLE_SECONDS)
        await self._bell.sleep(longest)

    async def _tell(
        self, claim: Claim, senders: Mapping[Channel, ChannelSender]
    ) -> None:
        """One notice, until it is over or put back."""
        report_id, version = str(claim.report_id), claim.notice.version
        with bound_contextvars(report_id=report_id, version=version):
            try:
                await self._teller.tell(claim, senders)
            except ServerAway:
                self._breaker.trip()
                await self._put_back(claim, 0, counted=False)
            except DependencyAway:
                await self._put_back(claim, BROKER_WAIT, counted=False)
            except Postponed as later:
                self._breaker.heal()
                log.info("notice.postponed", reason=later.reason, wait=later.seconds)
                await self._put_back(claim, later.seconds, counted=True)
            else:
                self._breaker.heal()

    async def _put_back(self, claim: Claim, seconds: float, *, counted: bool) -> None:
        await patiently(lambda: self._outbox.postpone(claim, seconds, counted=counted))
