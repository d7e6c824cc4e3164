"""A real desk for tests, with its clerks, and a look behind it."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import NullPool, text
from sqlalchemy.ext.asyncio import create_async_engine

from deploy.local.ports import choose
from services.desk.database import driven
from shared.contracts.event import Topic
from shared.contracts.status import STATUS
from shared.contracts.tasks import TaskAssigned, tasks
from shared.kafka.publisher import open_publisher
from shared.kafka.replay import replay
from shared.sealing import Opener, Sealer
from shared.settings import KafkaSettings
from tests.integration.desk.process import DeskProcess, database, prepare, token
from tests.integration.desk.tasks import task_for
from tests.waiting import until


class Desk(DeskProcess):
    """A running desk, and what a test asks of it."""

    @property
    def sealer(self) -> Sealer:
        return Sealer(self.directory / "public")

    @property
    def opener(self) -> Opener:
        return Opener(self.directory / "private")

    @asynccontextmanager
    async def clerk(self, department: str) -> AsyncIterator[httpx.AsyncClient]:
        """An HTTP client with a department's token."""
        headers = {"Authorization": f"Bearer {token(department)}"}
        async with httpx.AsyncClient(
            base_url=self.url, timeout=60, headers=headers
        ) as client:
            yield client

    async def events(self, topic: Topic[Any]) -> list[Any]:
        """Everything that a topic holds now, tombstones as None."""
        return [
            message.value and topic.decode(message.value, message.key)
            async for message in replay(topic, self.kafka)
        ]

    async def events_of(self, topic: Topic[Any], report_id: UUID) -> list[Any]:
        """A report's events, in the order of the topic."""
        return [e for e in await self.events(topic) if e and e.report_id == report_id]

    def task(self, department: str = "cleaning", **given: Any) -> TaskAssigned:
        """A task whose content this desk can open."""
        return task_for(self.sealer, department, **given)

    async def give(self, *given: TaskAssigned) -> None:
        """Write tasks to their topics, and wait until they are cases."""
        await self.send(*((tasks(task.department), task) for task in given))
        for task in given:
            await self.case_of(task)

    async def send(self, *events: tuple[Topic[Any], Any]) -> None:
        """Write events to their topics."""
        async with open_publisher(self.kafka, source="test") as publisher:
            for topic, event in events:
                await publisher.publish(topic, event)

    async def case_of(self, task: TaskAssigned) -> dict[str, Any]:
        """The case, as soon as it is there with this hand-over."""
        async with self.clerk(task.department) as clerk:

            async def found() -> dict[str, Any] | None:
                answer = await clerk.get(f"/api/v1/cases/{task.report_id}")
                return answer.json() if answer.status_code == 200 else None

            case: dict[str, Any] = await until(found, what="the case")
            return case

    async def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the database answers, past the desk."""
        engine = create_async_engine(driven(self.database_url), poolclass=NullPool)
        async with engine.connect() as database:
            return [tuple(row) for row in await database.execute(text(query))]

    async def told(self, task: TaskAssigned, count: int) -> list[Any]:
        """The report's status events, once there are so many."""

        async def found() -> list[Any] | None:
            events = await self.events_of(STATUS, task.report_id)
            return events if len(events) >= count else None

        told: list[Any] = await until(found, what=f"{count} status events")
        assert len(told) == count
        return told

    async def change(
        self, task: TaskAssigned, to: str, version: int, **fields: str
    ) -> dict[str, Any]:
        """Let its clerk take a step; the case after it."""
        async with self.clerk(task.department) as clerk:
            answer = await clerk.post(
                f"/api/v1/cases/{task.report_id}/transitions",
                headers={"If-Match": f'"{version}"'},
                json={"to": to, **fields},
            )
        assert answer.status_code == 200, answer.text
        case: dict[str, Any] = answer.json()
        assert answer.headers["etag"] == f'"{case["version"]}"'
        return case


@contextmanager
def desk_on(
    kafka_address: str, directory: Path, server: str, **extra: str
) -> Iterator[Desk]:
    """A desk with topics and a database of its own, until the block ends."""
    kafka = KafkaSettings(
        kafka_bootstrap_servers=kafka_address, topic_prefix=f"t{uuid4().hex[:8]}."
    )
    prepare(directory, kafka)
    port = choose(["desk"], directory / "ports.json")["desk"]
    url = f"http://127.0.0.1:{port}"
    desk = Desk(url, kafka, directory, database(directory, server), extra)
    try:
        desk.start()
        yield desk
    finally:
        if desk.process is not None:
            desk.stop()
