"""One intake for all of these tests: it is slow to start and forgets nothing."""

from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

import httpx
import pytest

from shared.settings import KafkaSettings
from tests.integration.intake.process import Intake, running_intake


@pytest.fixture(scope="session")
def intake(
    tmp_path_factory: pytest.TempPathFactory, kafka_address: str, redis_server: str
) -> Iterator[Intake]:
    """A running intake with topics of its own."""
    kafka = KafkaSettings(
        kafka_bootstrap_servers=kafka_address, topic_prefix=f"t{uuid4().hex[:8]}."
    )
    with running_intake(
        tmp_path_factory.mktemp("intake"), kafka, redis_server
    ) as intake:
        yield intake


@pytest.fixture
async def client(intake: Intake) -> AsyncIterator[httpx.AsyncClient]:
    """A citizen's HTTP client."""
    async with intake.client() as client:
        yield client
