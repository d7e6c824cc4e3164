"""Watches the chain from outside, on its topics."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from deploy.demo.ledger import WORKED, Journey, Ledger
from shared.contracts.deliveries import (
    DELIVERIES,
    NotificationDelivered,
    NotificationFailed,
)
from shared.contracts.event import Topic
from shared.contracts.reports import REPORTS, ReportReceived
from shared.contracts.status import STATUS, StatusChanged
from shared.contracts.tasks import TaskAssigned, tasks
from shared.contracts.vocabulary import Lane, Status
from shared.kafka.following import following
from shared.settings import KafkaSettings

Offer = Callable[[Journey], None]


class Observer:
    """Notes in the ledger what each event says; offers new cases to the clerks."""

    def __init__(self, ledger: Ledger, departments: Sequence[str]) -> None:
        self._ledger = ledger
        self.offer: Offer = lambda _journey: None
        watched: list[Topic[Any]] = [REPORTS, STATUS, DELIVERIES]
        watched += [tasks(department) for department in departments]
        self._topics = {topic.name: topic for topic in watched}

    @asynccontextmanager
    async def watching(self, settings: KafkaSettings) -> AsyncIterator[None]:
        """Watch as long as the block lasts."""
        topics = list(self._topics.values())
        async with (
            following(topics, settings) as messages,
            asyncio.TaskGroup() as group,
        ):
            reading = group.create_task(self._read(messages))
            yield
            reading.cancel()

    async def _read(self, messages: AsyncIterator[Any]) -> None:
        async for message in messages:
            if message.value is not None:
                event = self._topics[message.topic].decode(message.value, message.key)
                await self.note(event, message.timestamp / 1000)

    async def note(self, event: Any, at: float) -> None:
        """What an event that was written at *at* says of its report."""
        journey = self._ledger.journey(event.report_id)
        self._noted(journey, event, at)
        await self._ledger.notify(journey)

    def _noted(self, journey: Journey, event: Any, at: float) -> None:
        match event:
            case ReportReceived():
                journey.written = at
                journey.lane = event.lane
            case TaskAssigned():
                self._assigned(journey, event, at)
            case StatusChanged():
                self._changed(journey, event, at)
            case NotificationDelivered():
                journey.told.setdefault(event.version, at)
            case NotificationFailed():
                journey.due.pop(event.version, None)
                self._ledger.refused[f"mail: {event.reason}"] += 1

    def _assigned(self, journey: Journey, task: TaskAssigned, at: float) -> None:
        if journey.routed is None:
            journey.routed = at
        journey.lane = task.lane
        journey.department = task.department

    def _changed(self, journey: Journey, state: StatusChanged, at: float) -> None:
        if state.version > journey.version:  # the first may come after the second
            journey.status, journey.version = state.status, state.version
        if state.status in WORKED and journey.worked is None:
            journey.worked = at
        if state.tell and _is_told(journey, state):
            journey.due.setdefault(state.version, at)
        if state.status is Status.ASSIGNED and journey.at_desk is None:
            journey.at_desk = at
            self.offer(journey)


def _is_told(journey: Journey, state: StatusChanged) -> bool:
    """A hand-over is nobody's news; of a confidential report only the receipt is."""
    if state.lane is Lane.CONFIDENTIAL:
        return state.version == 1
    return state.status is not Status.ASSIGNED or journey.at_desk is None
