"""Plays reports through a running stack and watches what becomes of them."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from deploy.demo.citizens import Citizens
from deploy.demo.clerks import Clerks
from deploy.demo.ledger import Journey, Ledger
from deploy.demo.mailbox import Mailbox
from deploy.demo.observer import Observer
from deploy.demo.reports import Written
from deploy.demo.screen import Screen
from deploy.demo.verdict import Verdict, judge
from shared.city.city import City
from shared.contracts.vocabulary import Status
from shared.settings import KafkaSettings

STALLED_SECONDS = 30.0
"""So long without any change, and we stop waiting."""

CLERKS_PAUSE = 0.3


@dataclass
class Play:
    """One run: the reports of one file through one stack."""

    info: Mapping[str, Any]
    city: City
    console: Console

    def __post_init__(self) -> None:
        self.ledger = Ledger()
        mail = self.info["mail"]
        self.mailbox = Mailbox(Path(mail) if mail else None)

    async def run(self, reports: Sequence[Written], rate: float) -> Verdict:
        """Play all; returns when all have arrived, or nothing moves any more."""
        tokens = self.info["desk_tokens"]
        observer = Observer(self.ledger, list(self.city.departments))
        kafka = KafkaSettings(kafka_bootstrap_servers=self.info["kafka"])
        async with AsyncExitStack() as stack:
            citizens = await stack.enter_async_context(
                Citizens(self.info["intake"], self.ledger)
            )
            clerks = await stack.enter_async_context(
                Clerks(self.info["desk"], tokens, self.ledger, citizens)
            )
            await stack.enter_async_context(observer.watching(kafka))
            observer.offer = clerks.offer
            await self._together(reports, rate, citizens, clerks)
        return await judge(self.info["desk"], tokens, self.ledger, self.mailbox)

    def shown(self) -> Journey | None:
        """A report worth looking at: done, with words to its reporter."""
        ours = [journey for journey in self.ledger if journey.tracking_code]
        done = [journey for journey in ours if journey.status is Status.DONE]
        return next(iter(done or ours), None)

    async def _together(
        self,
        reports: Sequence[Written],
        rate: float,
        citizens: Citizens,
        clerks: Clerks,
    ) -> None:
        names = {
            d.id: d.name[self.city.language] for d in self.city.departments.values()
        }
        screen = Screen(self.ledger, self.mailbox, names, self.console)
        working = asyncio.create_task(clerks.work(CLERKS_PAUSE))
        showing = asyncio.create_task(screen.show())
        try:
            await citizens.report(reports, rate)
            with suppress(TimeoutError):
                await asyncio.wait_for(clerks.finish(), STALLED_SECONDS)
            await self._arrived()
        finally:
            for task in (working, showing):
                task.cancel()
            ended = await asyncio.gather(working, showing, return_exceptions=True)
        for error in ended:
            if isinstance(error, Exception):
                raise error

    async def _arrived(self) -> None:
        """Until nothing is missing, or nothing has changed for a while."""
        seen = -1
        while self.ledger.under_way and seen != self.ledger.changes:
            seen = self.ledger.changes
            await self.ledger.wait_for(
                lambda: not self.ledger.under_way, STALLED_SECONDS
            )
