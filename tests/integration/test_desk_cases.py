"""The desk as its departments use it, on a real broker and both databases."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from shared.contracts.status import STATUS
from shared.settings import KafkaSettings
from tests.integration.desk_process import DeskProcess, database, running_desk
from tests.waiting import until


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def desk(
    request: pytest.FixtureRequest,
    kafka_address: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[DeskProcess]:
    directory = tmp_path_factory.mktemp("desk")
    kafka = KafkaSettings(
        kafka_bootstrap_servers=kafka_address, topic_prefix=f"t{uuid4().hex[:8]}."
    )
    kind = request.param
    server = request.getfixturevalue("postgres_url") if kind != "sqlite" else None
    url = database(kind, directory, server)
    with running_desk(directory, kafka, url) as it:
        yield it


async def test_a_task_is_a_case_with_its_content_and_its_reporter_is_told(
    desk: DeskProcess,
) -> None:
    task = desk.task()

    await desk.give(task)

    case = await desk.case_of(task)
    assert case["version"] == 2
    assert case["status"] == "assigned"
    assert case["description"] == "Sperrmüll auf dem Gehweg"
    assert case["decision"]["because"]
    [told] = await until(lambda: desk.events_of(STATUS, task.report_id))
    assert (told.version, told.status, told.tell) == (2, "assigned", True)
    assert [step.version for step in told.history] == [1, 2]
    assert told.place is not None
