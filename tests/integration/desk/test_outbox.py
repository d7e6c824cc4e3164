"""What the desk has to say is said, once for every reader, even after a kill."""

import asyncio
from collections.abc import Iterator

import pytest

from tests.integration.desk.desk import Desk, desk_on
from tests.waiting import until

PLACES = ("after-commit", "after-publish")


@pytest.fixture(scope="module")
def fragile(
    kafka_address: str,
    database_server: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Desk]:
    """A desk that ends where a test arms it: at a file's name."""
    directory = tmp_path_factory.mktemp("fragile")
    places = ",".join(f"desk.{place}={directory}/{place}" for place in PLACES)
    with desk_on(
        kafka_address, directory, database_server, FAILPOINTS=places
    ) as running:
        yield running


@pytest.mark.parametrize(("place", "copies"), list(zip(PLACES, (1, 2), strict=True)))
@pytest.mark.timeout(240)
async def test_a_kill_around_the_publishing_loses_nothing_and_keeps_the_id(
    fragile: Desk, place: str, copies: int
) -> None:
    desk = fragile
    task = desk.task()
    await desk.give(task)
    await desk.told(task, 1)
    (desk.directory / place).touch()

    async with desk.clerk("cleaning") as clerk:
        change = clerk.post(
            f"/api/v1/cases/{task.report_id}/transitions",
            headers={"If-Match": '"2"'},
            json={"to": "in_progress"},
        )
        await asyncio.gather(change, return_exceptions=True)
    assert desk.process is not None
    assert await asyncio.to_thread(desk.process.wait, 20) == 137
    await asyncio.to_thread(desk.start)

    assert (await desk.case_of(task))["version"] == 3
    told = [event for event in await desk.told(task, 1 + copies) if event.version == 3]
    assert len(told) == copies
    assert len({event.event_id for event in told}) == 1
    await until(lambda: empty(desk))


async def empty(desk: Desk) -> bool:
    return not await desk.rows("SELECT id FROM outbox")
