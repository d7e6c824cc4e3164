"""One intake for all of these tests: it is slow to start and forgets nothing."""

from collections.abc import AsyncIterator, Iterator
from itertools import count
from typing import Any
from uuid import uuid4

import httpx
import pytest

from shared.settings import KafkaSettings
from tests.integration.intake.known import LONG, TEXT
from tests.integration.intake.process import Intake, running_intake

_PLACES = count()


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


@pytest.fixture
def here() -> dict[str, float]:
    """A place of this test's own: no other report lies within its radius."""
    return {"lat": round(51.4360 + next(_PLACES) * 0.003, 5), "long": LONG}


@pytest.fixture
async def lamp(client: httpx.AsyncClient, here: dict[str, float]) -> dict[str, Any]:
    """A report that is known: a lamp at this place."""
    report = {"description": TEXT, "service_code": "street-light", **here}
    answer = await client.post("/api/v1/reports", json=report)
    assert answer.status_code == 201, answer.text
    receipt: dict[str, Any] = answer.json()
    return receipt
