"""What may become of a case."""

from datetime import UTC, datetime, timedelta

import pytest

from services.desk.rules import (
    CLOSED,
    after_reply,
    allowed,
    may_reopen,
    public_status,
    withdraws,
)
from shared.contracts.vocabulary import Lane, ReplyKind, Status

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

# As the design says it, pair by pair.
WAYS = {
    ("assigned", "in_progress"),
    ("assigned", "question"),
    ("assigned", "done"),
    ("assigned", "rejected"),
    ("assigned", "duplicate"),
    ("assigned", "returned"),
    ("in_progress", "question"),
    ("question", "in_progress"),
    ("in_progress", "done"),
    ("in_progress", "rejected"),
    ("in_progress", "duplicate"),
    ("in_progress", "returned"),
    ("done", "reopened"),
    ("rejected", "reopened"),
    ("reopened", "in_progress"),
}


@pytest.mark.parametrize("lane", [Lane.NORMAL, Lane.DANGER])
@pytest.mark.parametrize("start", Status)
@pytest.mark.parametrize("end", Status)
def test_a_case_goes_only_the_ways_of_the_design(
    start: Status, end: Status, lane: Lane
) -> None:
    assert (end in allowed(start, lane)) == ((start, end) in WAYS)


@pytest.mark.parametrize("start", Status)
def test_nobody_is_asked_in_the_confidential_lane(start: Status) -> None:
    open_way = {end for end in Status if (start, end) in WAYS}

    steps = allowed(start, Lane.CONFIDENTIAL)

    assert set(steps) == open_way - {Status.QUESTION}


@pytest.mark.parametrize("kind", ReplyKind)
@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("lane", Lane)
def test_a_reply_leads_only_where_the_case_may_go(
    kind: ReplyKind, status: Status, lane: Lane
) -> None:
    after = after_reply(kind, status, lane, closed_at=NOON, said_at=NOON)

    expected = {
        (ReplyKind.ANSWER, Status.QUESTION): Status.IN_PROGRESS,
        (ReplyKind.REOPEN, Status.DONE): Status.REOPENED,
        (ReplyKind.REOPEN, Status.REJECTED): Status.REOPENED,
    }.get((kind, status))
    taken_back = kind is ReplyKind.WITHDRAW and status not in CLOSED
    if taken_back and lane is not Lane.CONFIDENTIAL:
        expected = Status.REJECTED
    assert after is expected


@pytest.mark.parametrize(
    ("days", "status", "may"),
    [
        (14, Status.DONE, True),
        (14, Status.REJECTED, True),
        (14.01, Status.DONE, False),
        (1, Status.DUPLICATE, False),
        (1, Status.IN_PROGRESS, False),
    ],
)
def test_not_fixed_can_be_said_for_two_weeks(
    days: float, status: Status, *, may: bool
) -> None:
    assert may_reopen(status, NOON, NOON + timedelta(days=days)) is may


def test_a_case_without_an_end_cannot_be_reopened() -> None:
    assert may_reopen(Status.DONE, None, NOON) is False


@pytest.mark.parametrize("lane", Lane)
def test_a_confidential_report_cannot_be_taken_back(lane: Lane) -> None:
    assert withdraws(lane) is (lane is not Lane.CONFIDENTIAL)


@pytest.mark.parametrize(
    ("changed", "others", "shown"),
    [
        (Status.DONE, [], Status.DONE),
        (Status.DONE, [Status.RETURNED], Status.DONE),
        (Status.DONE, [Status.IN_PROGRESS, Status.ASSIGNED], Status.IN_PROGRESS),
        (Status.DONE, [Status.REJECTED], Status.DONE),
        (Status.QUESTION, [Status.DONE], Status.QUESTION),
        (Status.IN_PROGRESS, [Status.QUESTION], Status.QUESTION),
        (Status.ASSIGNED, [Status.IN_PROGRESS], Status.IN_PROGRESS),
    ],
)
def test_a_report_at_several_departments_ends_with_the_last(
    changed: Status, others: list[Status], shown: Status
) -> None:
    assert public_status(changed, others) is shown
