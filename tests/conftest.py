"""Real parts for every test that asks: started when the first one does."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from deploy.local.ports import remembered
from shared.settings import KafkaSettings
from tests.backing import local_parts
from tests.containers import engine_answers, kafka_container
from tests.postgres import local_postgres


@pytest.fixture(scope="session")
def kafka_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """
    ``host:port`` of a broker.

    The one in the environment, else a container, else one started from the jars.
    """
    if address := os.environ.get("KAFKA_BOOTSTRAP_SERVERS"):
        yield address
        return
    directory = tmp_path_factory.mktemp("kafka")
    if engine_answers():
        with kafka_container(directory) as address:
            yield address
        return
    with local_parts(directory, "kafka") as info:
        yield info["kafka"]


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Redis' URL."""
    if url := os.environ.get("REDIS_URL"):
        yield url
        return
    with local_parts(tmp_path_factory.mktemp("redis"), "redis") as info:
        yield info["redis"]


@pytest.fixture(scope="session")
def smtp_sink(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A mail sink's URL, and the Maildir in which mails land."""
    directory = tmp_path_factory.mktemp("smtp")
    with local_parts(directory, "smtp") as info:
        port = remembered(directory / "ports.json")["smtp"]
        yield f"smtp://127.0.0.1:{port}", Path(info["mail"])


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL's URL."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    with local_postgres(tmp_path_factory.mktemp("postgres")) as url:
        yield url


@pytest.fixture
def topic_prefix() -> str:
    """Topics of this test's own, so that tests may run side by side."""
    return f"t{uuid4().hex[:8]}."


@pytest.fixture
def broker(kafka_address: str, topic_prefix: str) -> KafkaSettings:
    """A real broker, with topics of this test's own."""
    return KafkaSettings(
        kafka_bootstrap_servers=kafka_address, topic_prefix=topic_prefix
    )


@pytest.fixture
async def redis_url(redis_server: str) -> str:
    """A database of a real Redis, empty; services that run for all tests use others."""
    from redis.asyncio import Redis

    url = urlsplit(redis_server)._replace(path="/1").geturl()
    async with Redis.from_url(url) as redis:
        await redis.flushdb()
    return url
