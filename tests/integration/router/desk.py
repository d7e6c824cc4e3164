"""Both neighbours of the router: who reports, and the clerks who give back."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from services.router.settings import Settings
from shared.contracts.content import ReportContent, ReturnContent
from shared.contracts.reports import REPORTS
from shared.contracts.returns import RETURNS
from shared.contracts.tasks import TaskAssigned, tasks
from shared.kafka.publisher import Publisher
from shared.kafka.replay import replay
from shared.sealing import Sealer
from tests.builders import a_correction, a_report, a_return
from tests.waiting import until

DEPARTMENTS = ("moderation", "roads", "green")


@dataclass(frozen=True)
class Desk:
    """Publishes what intake and desk would, and reads every department's tasks."""

    settings: Settings
    publisher: Publisher

    @property
    def sealer(self) -> Sealer:
        """Knows every public key of the test."""
        return Sealer(self.settings.public_keys_dir)

    async def report(self, text: str) -> UUID:
        """A report without a service: the words decide."""
        report_id = uuid4()
        content = ReportContent(report_id=report_id, description=text)
        sealed = self.sealer.seal("router", content)
        await self.publisher.publish(
            REPORTS, a_report(report_id=report_id, content=sealed)
        )
        return report_id

    async def give_back(
        self, report_id: UUID, text: str, to: str, department: str = "moderation"
    ) -> None:
        """A task is returned, with a wish."""
        report = ReportContent(report_id=report_id, description=text)
        content = ReturnContent(report_id=report_id, report=report, reason="nicht wir")
        returned = a_return(
            report_id=report_id,
            to_department=to,
            department=department,
            content=self.sealer.seal("router", content),
        )
        await self.publisher.publish(RETURNS, returned)

    async def correct(self, report_id: UUID, service: str) -> None:
        """A department keeps a report, and says what it is about."""
        event = a_correction(report_id=report_id, service_code=service)
        await self.publisher.publish(RETURNS, event)

    async def decided(self, text: str) -> str:
        """Reports, and answers which department gets it."""
        report_id = await self.report(text)
        [task] = await until(lambda: self.tasks_of([report_id]), every=0.2)
        return str(task.department)

    async def tasks_of(self, report_ids: Sequence[UUID]) -> list[TaskAssigned]:
        """The tasks of some reports, as far as they are there."""
        found = [task for task in await self.tasks() if task.report_id in report_ids]
        return sorted(found, key=lambda task: task.hand_over)

    async def tasks(self) -> list[TaskAssigned]:
        """Every task of the departments that are named in these tests."""
        found = await asyncio.gather(*map(self._tasks_at, DEPARTMENTS))
        return [task for each in found for task in each]

    async def _tasks_at(self, department: str) -> list[TaskAssigned]:
        topic = tasks(department)
        return [
            topic.decode(message.value, message.key)
            async for message in replay(topic, self.settings)
        ]
