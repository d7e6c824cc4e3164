"""Both neighbours of the router: who reports, and the clerks who give back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from shared.contracts.content import ReportContent, ReturnContent
from shared.contracts.reports import REPORTS
from shared.contracts.returns import RETURNS
from shared.contracts.tasks import TaskAssigned, tasks
from shared.kafka.publisher import Publisher
from shared.kafka.replay import replay
from shared.sealing import Sealer
from shared.settings import KafkaSettings
from tests.builders import a_report, a_return
from tests.unit.city.essen import essen
from tests.waiting import until


@dataclass(frozen=True)
class Desk:
    """Publishes what intake and desk would, and reads every department's tasks."""

    settings: Any
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
        """Every task of every department."""
        kafka = KafkaSettings(
            kafka_bootstrap_servers=self.settings.kafka_bootstrap_servers,
            topic_prefix=self.settings.topic_prefix,
        )
        return [
            topic.decode(message.value, message.key)
            for topic in map(tasks, essen().departments)
            async for message in replay(topic, kafka)
        ]
