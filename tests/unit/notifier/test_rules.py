"""What is told, and when a failed telling comes again."""

from datetime import timedelta

import pytest

from services.notifier.rules import TRIES, cause, next_try, notices
from shared.contracts.status import Message, Step
from shared.contracts.vocabulary import Channel, Lane, Status
from tests.builders import NOON, SEALED, a_status

WEEK = timedelta(days=7)
FIRST = timedelta(seconds=10)


def told(event):
    """The versions that are told of an event."""
    return [notice.version for notice in notices(event, since=NOON - WEEK)]


def newly(event):
    """The version that an event itself is about, if it is told."""
    return [version for version in told(event) if version == event.version]


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


@pytest.mark.parametrize(
    "status", sorted({*Status} - {Status.RECEIVED, Status.RETURNED})
)
def test_every_status_is_told(status):
    assert newly(a_life(RECEIVED, (status, "cleaning"))) == [2]


def test_a_return_is_not_the_reporters_business():
    assert newly(a_life(RECEIVED, ASSIGNED, (Status.RETURNED, "cleaning"))) == []


@pytest.mark.parametrize("between", [(), (IN_PROGRESS,)])
def test_a_hand_over_is_not_told(between):
    assert newly(a_life(RECEIVED, ASSIGNED, *between, HANDED_OVER)) == []


def test_a_hand_over_with_words_for_the_reporter_is_told():
    event = a_life(RECEIVED, ASSIGNED, HANDED_OVER)
    words = Message(version=3, at=NOON, content=SEALED)

    *_, notice = notices(
        event.model_copy(update={"messages": (words,)}), since=NOON - WEEK
    )

    assert (notice.version, notice.message) == (3, SEALED)


def test_what_leaves_the_whole_as_it_was_is_not_told():
    """Of a report that was split the second department begins to work, too."""
    second = (Status.IN_PROGRESS, "roads")

    assert newly(a_life(RECEIVED, ASSIGNED, HANDED_OVER, IN_PROGRESS, second)) == []


def test_nobody_is_told_who_does_not_want_it():
    assert told(a_life(RECEIVED, tell=False)) == []


def test_missed_versions_come_along_from_the_history():
    assert told(a_life(RECEIVED, ASSIGNED, IN_PROGRESS)) == [1, 2, 3]


def test_what_is_older_than_the_topics_memory_does_not_come_along():
    event = a_life(RECEIVED, ASSIGNED, at=NOON - 2 * WEEK, occurred_at=NOON)

    assert told(event) == [2]


def test_a_confidential_report_has_a_receipt_that_tells_nothing():
    event = a_life(
        (Status.RECEIVED, "jugendamt"),
        lane=Lane.CONFIDENTIAL,
        expected_at=NOON,
        messages=(Message(version=1, at=NOON, content=SEALED),),
    )

    [notice] = notices(event, since=NOON - WEEK)

    assert notice.model_dump(exclude_none=True) == {
        "version": 1,
        "status": Status.RECEIVED,
        "at": NOON,
    }


def test_a_confidential_report_is_not_told_further():
    event = a_life(RECEIVED, ASSIGNED, lane=Lane.CONFIDENTIAL)

    assert told(event) == []


def test_the_promise_is_told_with_the_newest_version_only():
    event = a_life(RECEIVED, ASSIGNED, expected_at=NOON + WEEK)

    first, second = notices(event, since=NOON - WEEK)

    assert (first.expected_at, second.expected_at) == (None, NOON + WEEK)
    assert (first.department, second.department) == (None, "cleaning")


def wait(tries, chance=1.0):
    found = next_try(tries, first=FIRST, chance=chance)
    assert found is not None
    return found


def test_waits_double_up_to_four_hours_and_end_after_about_three_days():
    waits = [wait(tries) for tries in range(1, TRIES)]

    assert waits[:3] == [timedelta(seconds=s) for s in (10, 20, 40)]
    assert max(waits) == timedelta(hours=4)
    assert timedelta(days=2.5) < sum(waits, timedelta()) < timedelta(days=3.5)
    assert next_try(TRIES, first=FIRST, chance=1.0) is None


def test_chance_spreads_the_waits_without_making_them_longer():
    early, late = (wait(5, chance=chance) for chance in (0.0, 1.0))

    assert early == 0.75 * late


def test_a_telling_is_named_by_version_and_channel():
    assert cause(3, Channel.MAIL) == "3:mail"
