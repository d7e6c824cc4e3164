"""The share of tasks that came back."""

from datetime import UTC, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from services.cli.misrouted import Week, weeks
from shared.contracts.vocabulary import Lane
from tests.builders import a_return, a_task

ESSEN = ZoneInfo("Europe/Berlin")


def back(task, **given):
    return a_return(
        report_id=task.report_id,
        department=task.department,
        hand_over=task.hand_over,
        **given,
    )


def test_a_department_and_a_week_are_counted_together():
    right = [a_task(department="roads") for _ in range(3)]
    wrong = a_task(department="roads")
    other = a_task(department="green")

    found = weeks([*right, wrong, other], [back(wrong)], ESSEN)

    assert found == [Week("green", "2026-W10", 1, 0), Week("roads", "2026-W10", 4, 1)]
    assert found[1].share == 0.25


def test_only_the_task_that_came_back_is_misrouted():
    report_id = uuid4()
    first = a_task(report_id=report_id, department="roads")
    second = a_task(report_id=report_id, department="green", hand_over=1)

    found = weeks([first, second], [back(first)], ESSEN)

    assert found == [Week("green", "2026-W10", 1, 0), Week("roads", "2026-W10", 1, 1)]


def test_what_came_twice_counts_once():
    task = a_task()

    assert weeks([task, task], [back(task), back(task)], ESSEN) == [
        Week("cleaning", "2026-W10", 1, 1)
    ]


def test_a_week_begins_at_the_citys_midnight():
    sunday_night_in_london = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)

    [week] = weeks([a_task(occurred_at=sunday_night_in_london)], [], ESSEN)

    assert week.week == "2026-W10"


def test_nothing_is_told_of_a_report_that_is_or_became_confidential():
    report_id = uuid4()
    first = a_task(report_id=report_id, department="roads")
    late = a_task(
        report_id=report_id, department="asd", hand_over=1, lane=Lane.CONFIDENTIAL
    )

    assert weeks([first, late], [back(first)], ESSEN) == []


def test_a_return_whose_task_is_gone_is_not_counted():
    assert weeks([], [a_return()], ESSEN) == []
