"""The process of a desk: its topics, its keys, its database."""

import asyncio
import hashlib
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import asyncpg
import httpx

from deploy.local.places import ROOT
from shared.city.pack import load_city
from shared.contracts.all import all_topics
from shared.kafka.topics import apply
from shared.sealing import department_key, write_key_pair
from shared.settings import KafkaSettings

PACK = ROOT / "deploy" / "cities" / "essen"
SOON = 90


@dataclass
class DeskProcess:
    """``python -m services.desk``, as the supervisor would run it."""

    url: str
    kafka: KafkaSettings
    directory: Path
    database_url: str
    extra: dict[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def log(self) -> Path:
        return self.directory / "desk.log"

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


def database(directory: Path, server: str) -> str:
    """The URL of an empty database: on a PostgreSQL server, else a file."""
    if not server:
        return f"sqlite:///{directory}/desk.db"
    name = f"t{uuid4().hex[:8]}"
    asyncio.run(_make_database(server, name))
    return server.rpartition("/")[0] + f"/{name}"


async def _make_database(server: str, name: str) -> None:
    connection = await asyncpg.connect(server.replace("+asyncpg", ""))
    await connection.execute(f"CREATE DATABASE {name}")
    await connection.close()
