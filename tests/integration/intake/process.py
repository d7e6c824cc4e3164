"""A real intake for tests: its process, its topics, its keys."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from deploy.local.places import ROOT
from deploy.local.ports import choose
from shared.city.pack import load_city
from shared.contracts.all import all_topics
from shared.contracts.event import Topic
from shared.kafka.replay import replay
from shared.kafka.topics import apply
from shared.sealing import Opener, department_key, write_key_pair
from shared.settings import KafkaSettings

SECRET = "a secret of forty characters for the tests"
PACK = ROOT / "deploy" / "cities" / "essen"
SOON = 60


@dataclass(frozen=True)
class Intake:
    """A running intake, and what a test needs to look behind it."""

    url: str
    kafka: KafkaSettings
    redis_url: str
    directory: Path
    process: "subprocess.Popen[bytes]"

    @property
    def opener(self) -> Opener:
        """Holds every private key of the test."""
        return Opener(self.directory / "private")

    @asynccontextmanager
    async def client(self) -> AsyncIterator[httpx.AsyncClient]:
        """An HTTP client of a citizen."""
        async with httpx.AsyncClient(base_url=self.url, timeout=20) as client:
            yield client

    async def events(self, topic: Topic[Any]) -> list[Any]:
        """Everything that a topic holds now."""
        return [
            topic.decode(message.value, message.key)
            async for message in replay(topic, self.kafka)
        ]

    async def event(self, topic: Topic[Any], report_id: str) -> Any:
        """The one event of a report."""
        found = [e for e in await self.events(topic) if str(e.report_id) == report_id]
        assert len(found) == 1
        return found[0]


async def tracked_at(
    client: httpx.AsyncClient, code: str, version: int
) -> dict[str, Any]:
    """What tracking says, once it has reached *version*."""
    async with asyncio.timeout(SOON):
        while True:
            answer = await client.post("/api/v1/tracking", json={"tracking_code": code})
            if answer.is_success and answer.json()["version"] >= version:
                found: dict[str, Any] = answer.json()
                return found
            await asyncio.sleep(0.05)


@contextmanager
def running_intake(
    directory: Path, kafka: KafkaSettings, redis_url: str, **extra: str
) -> Iterator[Intake]:
    """Start ``python -m services.intake``, wait until it is ready, end it."""
    asyncio.run(apply(all_topics(load_city(PACK).departments), kafka))
    write_keys(directory)
    port = choose(["intake"], directory / "ports.json")["intake"]
    log = directory / "intake.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "services.intake"],
            cwd=ROOT,
            env={**environment(directory, kafka, redis_url, port), **extra},
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
    intake = Intake(f"http://127.0.0.1:{port}", kafka, redis_url, directory, process)
    try:
        wait_until_ready(intake, log)
        yield intake
    finally:
        process.terminate()
        process.wait(15)


def environment(
    directory: Path, kafka: KafkaSettings, redis_url: str, port: int
) -> Mapping[str, str]:
    """What the supervisor would tell intake."""
    return {
        **os.environ,
        "KAFKA_BOOTSTRAP_SERVERS": kafka.kafka_bootstrap_servers,
        "TOPIC_PREFIX": kafka.topic_prefix,
        "REDIS_URL": redis_url,
        "CITY_PACK": str(PACK),
        "HTTP_PORT": str(port),
        "PUBLIC_KEYS_DIR": str(directory / "public"),
        "PRIVATE_KEYS_DIR": str(directory / "private"),
        "INTAKE_SECRET": SECRET,
        "PHOTO_STORE_URL": f"file://{directory}/photos",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "INSTANCE": "intake-1",
    }


def write_keys(directory: Path) -> None:
    """Key pairs for everybody."""
    departments = map(department_key, load_city(PACK).departments)
    for name in ("router", "citizens", "notifier", "desk", *departments):
        if not (directory / "public" / f"{name}.pub").exists():
            write_key_pair(name, directory / "public", (directory / "private",))


def wait_until_ready(intake: Intake, log: Path) -> None:
    """Poll ``/readyz``; an intake that does not come up is an error."""
    deadline = time.monotonic() + SOON
    while time.monotonic() < deadline and intake.process.poll() is None:
        try:
            if httpx.get(f"{intake.url}/readyz").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"intake did not come up:\n{log.read_text()}")
