"""What is told, and when a failed telling comes again."""

from datetime import timedelta

import pytest

from services.notifier.rules import TRIES, cause, next_try, notices
from shared.contracts.status import Message, Step
from shared.contracts.vocabulary import Channel, Lane, Status
from tests.builders import NOON, SEALED, a_status

WEEK = timedelta(days=7)
FIRST = timedelta(seconds=10)


def told(event, *, seen=None):
    """The versions that are told of an event, when all before it were seen."""
    known = event.version - 1 if seen is None else seen
    return [n.version for n in notices(event, seen=known, since=NOON - WEEK)]


def a_life(*states, at=NOON, **given):
    """The newest event of a report that went through these states."""
    steps = [
        Step(version=version, status=status, at=at, department=department)
        for version, (status, department) in enumerate(states, 1)
    ]
    last = steps[-1]
    return a_status(
        **{
            "version": last.version,
            "status": last.status,
            "department": last.department,
            "history": tuple(steps),
            "tell": True,
            **given,
        }
    )


RECEIVED = (Status.RECEIVED, None)
ASSIGNED = (Status.ASSIGNED, "cleaning")
HANDED_OVER = (Status.ASSIGNED, "roads")
IN_PROGRESS = (Status.IN_PROGRESS, "cleaning")


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.RETURNED}))
def test_every_status_is_told(status):
    assert told(a_life(RECEIVED, (status, "cleaning"))) == [2]


def test_a_return_is_not_the_reporters_business():
    assert told(a_life(RECEIVED, ASSIGNED, (Status.RETURNED, "cleaning"))) == []


@pytest.mark.parametrize("between", [(), (IN_PROGRESS,)])
def test_a_hand_over_is_not_told(between):
    assert told(a_life(RECEIVED, ASSIGNED, *between, HANDED_OVER)) == []


def test_a_hand_over_with_words_for_the_reporter_is_told():
    event = a_life(RECEIVED, ASSIGNED, HANDED_OVER)
    words = Message(version=3, at=NOON, content=SEALED)

    [notice] = notices(
        event.model_copy(update={"messages": (words,)}), seen=2, since=NOON - WEEK
    )

    assert (notice.version, notice.message) == (3, SEALED)


def test_nobody_is_told_who_does_not_want_it():
    assert told(a_life(RECEIVED, tell=False)) == []


def test_missed_versions_are_told_from_the_history():
    assert told(a_life(RECEIVED, ASSIGNED, IN_PROGRESS), seen=0) == [1, 2, 3]
    assert told(a_life(RECEIVED, ASSIGNED, IN_PROGRESS), seen=1) == [2, 3]


def test_what_is_older_than_the_topics_memory_is_not_told_from_the_history():
    event = a_life(RECEIVED, ASSIGNED, at=NOON - 2 * WEEK, occurred_at=NOON)

    assert told(event, seen=0) == [2]


def test_an_old_event_that_comes_again_is_not_told():
    event = a_life(RECEIVED, ASSIGNED, occurred_at=NOON - 2 * WEEK)

    assert told(event, seen=2) == []
    assert told(event, seen=1) == [2]


def test_a_version_that_comes_late_is_told():
    """The outbox knows whether it was told already."""
    assert told(a_life(RECEIVED), seen=2) == [1]


def test_a_confidential_report_has_a_receipt_that_tells_nothing():
    event = a_life(
        (Status.RECEIVED, "jugendamt"),
        lane=Lane.CONFIDENTIAL,
        expected_at=NOON,
        messages=(Message(version=1, at=NOON, content=SEALED),),
    )

    [notice] = notices(event, seen=0, since=NOON - WEEK)

    assert notice.model_dump(exclude_none=True) == {
        "version": 1,
        "status": Status.RECEIVED,
        "at": NOON,
    }


def test_a_confidential_report_is_not_told_further():
    event = a_life(RECEIVED, ASSIGNED, lane=Lane.CONFIDENTIAL)

    assert told(event, seen=0) == []


def test_the_promise_is_told_with_the_newest_version_only():
    event = a_life(RECEIVED, ASSIGNED, expected_at=NOON + WEEK)

    first, second = notices(event, seen=0, since=NOON - WEEK)

    assert (first.expected_at, second.expected_at) == (None, NOON + WEEK)
    assert (first.department, second.department) == (None, "cleaning")


def test_waits_double_up_to_four_hours_and_end_after_about_three_days():
    waits = [next_try(tries, first=FIRST, chance=1.0) for tries in range(1, TRIES)]

    assert waits[:3] == [timedelta(seconds=s) for s in (10, 20, 40)]
    assert max(waits) == timedelta(hours=4)
    assert timedelta(days=2.5) < sum(waits, timedelta()) < timedelta(days=3.5)
    assert next_try(TRIES, first=FIRST, chance=1.0) is None


def test_chance_spreads_the_waits_without_making_them_longer():
    early, late = (next_try(5, first=FIRST, chance=chance) for chance in (0.0, 1.0))

    assert early == 0.75 * late


def test_a_telling_is_named_by_version_and_channel():
    assert cause(3, Channel.MAIL) == "3:mail"
