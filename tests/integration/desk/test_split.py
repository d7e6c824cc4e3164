"""A report that two departments work on tells one story."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from shared.contracts.event import event_id
from shared.contracts.replies import REPLIES
from shared.contracts.returns import RETURNS
from shared.contracts.status import STATUS
from shared.contracts.tasks import TaskAssigned, tasks
from shared.contracts.vocabulary import ReplyKind
from tests.builders import NOON, a_reply
from tests.integration.desk.desk import Desk
from tests.waiting import until

SOON, LATER = NOON + timedelta(days=3), NOON + timedelta(days=5)


def two_tasks(desk: Desk) -> tuple[TaskAssigned, TaskAssigned]:
    """What the router makes of a report that names two matters."""
    report_id = uuid4()
    first = desk.task(report_id=report_id, expected_at=SOON)
    second = desk.task(
        "roads",
        report_id=report_id,
        event_id=event_id(report_id, "task.assigned.v1", "0:roads"),
        further=True,
        service_code="street-light",
        expected_at=LATER,
    )
    return first, second


async def given_back(desk: Desk, task: TaskAssigned, count: int) -> list[Any]:
    """What went to the router, once there is so much."""

    async def found() -> list[Any] | None:
        events = await desk.events_of(RETURNS, task.report_id)
        return events if len(events) >= count else None

    events: list[Any] = await until(found, what=f"{count} returns")
    return events


@pytest.mark.parametrize("turned", [False, True])
async def test_it_is_done_when_both_are_and_of_the_first_matter_whoever_comes_first(
    desk: Desk, turned: bool
) -> None:
    first, second = two_tasks(desk)
    one, other = (second, first) if turned else (first, second)
    await desk.give(one)
    await desk.give(other)
    await desk.give(one, other)

    await desk.change(first, "in_progress", 3)
    await desk.change(first, "done", 4)
    await desk.change(second, "done", 5)

    told = await desk.told(first, 5)
    assert [event.status for event in told] == [
        "assigned",
        "assigned",
        "in_progress",
        "assigned",
        "done",
    ]
    assert {event.service_code for event in told[1:]} == {"illegal-dumping"}
    assert {event.expected_at for event in told[1:]} == {LATER}


async def test_two_tasks_at_once_are_two_cases(desk: Desk) -> None:
    pairs = [two_tasks(desk) for _ in range(20)]

    sent = [(tasks(task.department), task) for pair in pairs for task in pair]
    await desk.send(*sent)

    for first, second in pairs:
        await desk.case_of(first)
        await desk.case_of(second)
        assert [event.version for event in await desk.told(first, 2)] == [2, 3]


async def test_returns_of_two_matters_are_counted_together(desk: Desk) -> None:
    first, second = two_tasks(desk)
    await desk.give(first)
    await desk.give(second)

    await desk.change(first, "returned", 3)
    await desk.change(second, "returned", 3, department="green")

    one, two = await given_back(desk, first, 2)
    assert one.event_id != two.event_id
    assert (one.hand_over, one.returned_by) == (0, ("cleaning",))
    assert (two.hand_over, two.returned_by) == (1, ("cleaning", "roads"))
    assert (one.also_at, two.also_at) == (("roads",), ())


async def test_what_is_on_its_way_to_another_department_is_not_done(desk: Desk) -> None:
    first, second = two_tasks(desk)
    await desk.give(first)
    await desk.give(second)
    await desk.change(first, "returned", 3)

    case = await desk.change(second, "done", 3)
    assert (await desk.told(first, 3))[-1].status == "assigned"

    again = desk.task("green", report_id=first.report_id, hand_over=1)
    await desk.give(again)
    await desk.change(again, "done", case["version"] + 1)
    assert (await desk.told(first, 5))[-1].status == "done"


async def test_who_gets_the_other_matter_too_goes_on_with_the_work(desk: Desk) -> None:
    first, second = two_tasks(desk)
    await desk.give(first)
    await desk.give(second)
    await desk.change(first, "in_progress", 3)
    await desk.change(second, "returned", 4, department="cleaning")

    again = desk.task(
        report_id=first.report_id,
        hand_over=1,
        service_code="street-light",
        expected_at=SOON,
    )
    await desk.send((tasks("cleaning"), again))

    await desk.told(first, 4)
    case = await desk.case_of(first)
    assert (case["status"], case["version"]) == ("in_progress", 5)
    assert case["service_code"] == "illegal-dumping"


async def test_the_other_matters_service_put_right_is_not_shown_as_the_reports(
    desk: Desk,
) -> None:
    first, second = two_tasks(desk)
    await desk.give(first)
    await desk.give(second)

    await desk.change(second, "in_progress", 3, service_code="traffic-light")
    await desk.change(first, "in_progress", 4, service_code="dirt")

    shown = [event.service_code for event in await desk.told(first, 4)]
    assert shown[1:] == ["illegal-dumping", "illegal-dumping", "dirt"]
    one, _ = await given_back(desk, first, 2)
    assert (one.service_code, one.also_at) == ("traffic-light", ("cleaning",))


async def test_a_report_that_was_taken_back_gets_no_second_case(desk: Desk) -> None:
    first, second = two_tasks(desk)
    await desk.give(first)
    withdrawn = a_reply(report_id=first.report_id, kind=ReplyKind.WITHDRAW)
    await desk.send((REPLIES, withdrawn.model_copy(update={"content": None})))
    await desk.told(first, 2)

    last = desk.task("roads")
    await desk.send((tasks("roads"), second), (tasks("roads"), last))
    await desk.give(last)

    async with desk.clerk("roads") as clerk:
        answer = await clerk.get(f"/api/v1/cases/{first.report_id}")
    assert answer.status_code == 404
    assert len(await desk.events_of(STATUS, first.report_id)) == 2
