"""What intake has found travels on to the department, whoever that becomes."""

from typing import Any, cast
from uuid import uuid4

import pytest

from services.router.handlers import Handlers
from shared.contracts.content import (
    ReportContent,
    ReturnContent,
    Similar,
    TaskContent,
)
from shared.contracts.returns import TaskReturned
from shared.kafka.publisher import Publisher
from shared.sealing import Opener, Sealer, department_key, write_key_pair
from tests.builders import NOON, a_report
from tests.unit.city.essen import essen, reader


class Published:
    """Keeps what would be written."""

    def __init__(self) -> None:
        self.events: list[Any] = []

    async def publish(self, _topic: Any, event: Any) -> None:
        self.events.append(event)


@pytest.fixture
def keys(tmp_path):
    for name in ("router", *map(department_key, essen().departments)):
        write_key_pair(name, tmp_path, (tmp_path / "private",))
    return tmp_path


@pytest.mark.parametrize("way", ["received", "returned"])
async def test_the_task_names_the_earlier_case(keys, way):
    sealer, opener, published = Sealer(keys), Opener(keys / "private"), Published()
    handlers = Handlers(
        reader=reader(),
        publisher=cast("Publisher", published),
        sealer=sealer,
        opener=opener,
    )
    report_id = uuid4()
    similar = (Similar(report_id=uuid4(), score=0.8),)
    content = ReportContent(
        report_id=report_id, description="Sperrmüll liegt da.", similar=similar
    )

    if way == "received":
        sealed = sealer.seal("router", content)
        await handlers.on_report_received(a_report(report_id=report_id, content=sealed))
    else:
        back = ReturnContent(report_id=report_id, report=content, reason="Nein")
        await handlers.on_task_returned(
            returned(report_id, sealer.seal("router", back))
        )

    [task] = published.events
    opened = opener.open(
        department_key(task.department), task.content, report_id, TaskContent
    )
    assert opened.report.similar == similar


def returned(report_id, sealed):
    return TaskReturned(
        event_id=uuid4(),
        occurred_at=NOON,
        report_id=report_id,
        lane="normal",
        language="de",
        received_at=NOON,
        department="green",
        hand_over=0,
        content=sealed,
    )
