"""One report that names two matters is two tasks, however often it comes."""

import pytest

from shared.contracts.content import ReportContent, ReturnContent, TaskContent
from shared.contracts.event import event_id
from shared.contracts.reports import REPORTS
from shared.contracts.returns import RETURNS
from shared.contracts.tasks import tasks
from shared.kafka.publisher import open_publisher
from shared.kafka.replay import replay
from shared.sealing import Opener, Sealer, department_key
from tests.builders import a_report, a_return
from tests.unit.city.essen import MODEL, PACK
from tests.waiting import until

TEXT = (
    "Die Straßenlaterne vor Haus 12 ist seit Tagen defekt."
    " Außerdem liegt auf dem Gehweg ein Haufen Sperrmüll."
)


@pytest.fixture
async def settings(settings):
    """With the model that ships: a tiny one is never sure enough."""
    return settings.model_copy(update={"city_pack": PACK, "model_dir": MODEL})


def sealed(settings, event, model, **content):
    """The event with what only the router reads."""
    words = model(report_id=event.report_id, **content)
    seal = Sealer(settings.public_keys_dir).seal("router", words)
    return event.model_copy(update={"content": seal})


async def publish(settings, topic, *events):
    async with open_publisher(settings, source="test") as publisher:
        for event in events:
            await publisher.publish(topic, event)


async def given(settings, department, count):
    """The tasks of a department, once there are *count*."""
    topic = tasks(department)

    async def found():
        tasks_ = [
            topic.decode(message.value, message.key)
            async for message in replay(topic, settings)
        ]
        return tasks_ if len(tasks_) >= count else None

    return await until(found, what=f"{count} tasks of {department}")


async def test_a_report_that_comes_twice_is_the_same_two_tasks(settings, router):
    report = sealed(settings, a_report(), ReportContent, description=TEXT)

    async with router():
        await publish(settings, REPORTS, report, report)
        lamps = await given(settings, "roads", 2)
        rubbish = await given(settings, "cleaning", 2)

    kind = "task.assigned.v1"
    assert {task.event_id for task in lamps} == {event_id(report.report_id, kind, 0)}
    assert {task.event_id for task in rubbish} == {
        event_id(report.report_id, kind, "0:cleaning")
    }
    assert (lamps[0].further, rubbish[0].further) == (False, True)
    assert (lamps[0].service_code, rubbish[0].service_code) == (
        "street-light",
        "illegal-dumping",
    )
    for task in (lamps[0], rubbish[0]):
        key = department_key(task.department)
        content = Opener(settings.private_keys_dir).open(
            key, task.content, task.report_id, TaskContent
        )
        assert content.report.description == TEXT
        assert "zwei Anliegen" in content.decision.because


async def test_a_matter_that_comes_back_is_not_guessed_at_who_has_the_other(
    settings, router
):
    words = ReportContent(report_id=a_report().report_id, description=TEXT)
    returned = a_return(
        report_id=words.report_id,
        department="roads",
        returned_by=("roads",),
        also_at=("cleaning",),
    )
    returned = sealed(settings, returned, ReturnContent, report=words, reason="")
    own = sealed(
        settings,
        returned.model_copy(update={"to_department": "utilities", "hand_over": 1}),
        ReturnContent,
        report=words,
        reason="",
    )

    async with router():
        await publish(settings, RETURNS, returned, own)
        [last] = await given(settings, "utilities", 1)

    assert last.hand_over == 2
    topic = tasks("cleaning")
    assert [m async for m in replay(topic, settings)] == []
