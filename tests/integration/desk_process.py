"""A real desk for tests: its process, its topics, its keys, its database."""

import asyncio
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import NullPool, text
from sqlalchemy.ext.asyncio import create_async_engine

from deploy.local.places import ROOT
from deploy.local.ports import choose
from services.desk.database import driven
from shared.city.pack import load_city
from shared.contracts.all import all_topics
from shared.contracts.content import DecisionRecord, ReportContent, TaskContent
from shared.contracts.event import Topic, event_id
from shared.contracts.status import STATUS
from shared.contracts.tasks import TaskAssigned, tasks
from shared.kafka.publisher import open_publisher
from shared.kafka.replay import replay
from shared.kafka.topics import apply
from shared.sealing import Opener, Sealer, department_key, write_key_pair
from shared.settings import KafkaSettings
from tests.builders import a_task
from tests.waiting import until

PACK = ROOT / "deploy" / "cities" / "essen"
SOON = 90


@dataclass
class DeskProcess:
    """A desk, and what a test needs to look behind it."""

    url: str
    kafka: KafkaSettings
    directory: Path
    database_url: str
    extra: dict[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def sealer(self) -> Sealer:
        return Sealer(self.directory / "public")

    @property
    def opener(self) -> Opener:
        return Opener(self.directory / "private")

    @property
    def log(self) -> Path:
        return self.directory / "desk.log"

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
        report_id = given.pop("report_id", None) or uuid4()
        words = given.pop("description", "Sperrmüll auf dem Gehweg")
        photos = given.pop("photos", ())
        content = TaskContent(
            report_id=report_id,
            report=ReportContent(
                report_id=report_id,
                description=words,
                address="Altendorfer Straße 12",
                lat=51.4567,
                long=6.9876,
                photos=photos,
            ),
            decision=DecisionRecord(
                department=department,
                service_code="illegal-dumping",
                because="cleaning owns illegal-dumping",
                rule="words",
                confidence=0.9,
                model_version="words",
                rules_version="1",
            ),
        )
        hand_over = given.get("hand_over", 0)
        defaults = {
            "event_id": event_id(report_id, "task.assigned.v1", hand_over),
            "service_code": "illegal-dumping",
            "quarter": "Altendorf",
            "tell": True,
        }
        return a_task(
            **{
                **defaults,
                "report_id": report_id,
                "department": department,
                "content": self.sealer.seal(department_key(department), content),
                **given,
            }
        )

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

    def start(self) -> None:
        """Start the process and wait until it is ready."""
        with self.log.open("ab") as stream:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "services.desk"],
                cwd=ROOT,
                env={**self.environment(), **self.extra},
                stderr=stream,
            )
        deadline = time.monotonic() + SOON
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if httpx.get(f"{self.url}/readyz").status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        state = (
            httpx.get(f"{self.url}/readyz").text if self.process.poll() is None else ""
        )
        raise RuntimeError(f"the desk did not come up: {state}\n{self.log.read_text()}")

    def stop(self) -> int:
        """Ask it to end; its exit code."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(15)

    def environment(self) -> dict[str, str]:
        """What the supervisor would tell the desk."""
        return {
            **os.environ,
            "KAFKA_BOOTSTRAP_SERVERS": self.kafka.kafka_bootstrap_servers,
            "TOPIC_PREFIX": self.kafka.topic_prefix,
            "DATABASE_URL": self.database_url,
            "CITY_PACK": str(PACK),
            "HTTP_PORT": self.url.rpartition(":")[2],
            "PUBLIC_KEYS_DIR": str(self.directory / "public"),
            "PRIVATE_KEYS_DIR": str(self.directory / "private"),
            "PHOTO_STORE_URL": f"file://{self.directory}/photos",
            "DESK_TOKENS_FILE": str(self.directory / "tokens.json"),
            "DESK_SECRET": "a secret of forty characters for the tests",
            "DEMO_LOGIN": "on",
            "INSTANCE": "desk-1",
        }


def token(department: str) -> str:
    """The token of a department in the tests."""
    return f"token-of-{department}"


@contextmanager
def running_desk(
    directory: Path, kafka: KafkaSettings, database_url: str, **extra: str
) -> Iterator[DeskProcess]:
    """Start ``python -m services.desk``, wait until it is ready, end it."""
    prepare(directory, kafka)
    port = choose(["desk"], directory / "ports.json")["desk"]
    url = f"http://127.0.0.1:{port}"
    desk = DeskProcess(url, kafka, directory, database_url, extra)
    try:
        desk.start()
        yield desk
    finally:
        if desk.process is not None:
            desk.process.terminate()
            desk.process.wait(15)


def prepare(directory: Path, kafka: KafkaSettings) -> None:
    """Topics, key pairs and tokens."""
    departments = load_city(PACK).departments
    asyncio.run(apply(all_topics(departments), kafka))
    names = ("router", "citizens", "desk", *map(department_key, departments))
    for name in names:
        if not (directory / "public" / f"{name}.pub").exists():
            write_key_pair(name, directory / "public", (directory / "private",))
    hashes = {
        department: hashlib.sha256(token(department).encode()).hexdigest()
        for department in departments
    }
    (directory / "tokens.json").write_text(json.dumps(hashes))


@contextmanager
def desk_on(
    kafka_address: str, directory: Path, server: str, **extra: str
) -> Iterator[DeskProcess]:
    """A desk with topics and a database of its own."""
    kafka = KafkaSettings(
        kafka_bootstrap_servers=kafka_address, topic_prefix=f"t{uuid4().hex[:8]}."
    )
    url = database(directory, server)
    with running_desk(directory, kafka, url, **extra) as desk:
        yield desk


def database(directory: Path, server: str) -> str:
    """The URL of an empty database: on a PostgreSQL server, else a file."""
    if not server:
        return f"sqlite:///{directory}/desk.db"
    name = f"t{uuid4().hex[:8]}"
    asyncio.run(_make_database(server, name))
    return server.rpartition("/")[0] + f"/{name}"


async def _make_database(server: str, name: str) -> None:
    import asyncpg

    connection = await asyncpg.connect(server.replace("+asyncpg", ""))
    await connection.execute(f"CREATE DATABASE {name}")
    await connection.close()
