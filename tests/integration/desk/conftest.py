"""A desk on each database, for all of these tests."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from tests.integration.desk.desk import Desk, desk_on


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database_server(request: pytest.FixtureRequest) -> str:
    """A PostgreSQL's URL; empty for a file."""
    if request.param == "sqlite":
        return ""
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture(scope="session")
def desk(
    kafka_address: str,
    database_server: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Desk]:
    """A running desk."""
    directory = tmp_path_factory.mktemp("desk")
    with desk_on(kafka_address, directory, database_server) as running:
        yield running


@pytest.fixture
async def browser(desk: Desk) -> AsyncIterator[httpx.AsyncClient]:
    """A browser without scripts."""
    async with httpx.AsyncClient(
        base_url=desk.url, follow_redirects=True, timeout=30
    ) as client:
        yield client
