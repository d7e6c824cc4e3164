"""What may become of a case, and what its reporter is shown of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from shared.contracts.vocabulary import Lane, ReplyKind, Status

REOPEN_WITHIN = timedelta(days=14)

CLOSED = frozenset({Status.DONE, Status.REJECTED, Status.DUPLICATE, Status.RETURNED})
"""A case in one of these needs nobody's work."""

_FURTHER = (
    Status.RECEIVED,
    Status.ASSIGNED,
    Status.REOPENED,
    Status.IN_PROGRESS,
    Status.QUESTION,
)

MAY_REOPEN = frozenset({Status.DONE, Status.REJECTED})

_ENDS = (Status.DONE, Status.REJECTED, Status.DUPLICATE, Status.RETURNED)

TRANSITIONS: Mapping[Status, tuple[Status, ...]] = {
    Status.RECEIVED: (),
    Status.ASSIGNED: (Status.IN_PROGRESS, Status.QUESTION, *_ENDS),
    Status.IN_PROGRESS: (Status.QUESTION, *_ENDS),
    Status.QUESTION: (Status.IN_PROGRESS,),
    Status.DONE: (Status.REOPENED,),
    Status.REJECTED: (Status.REOPENED,),
    Status.DUPLICATE: (),
    Status.RETURNED: (),
    Status.REOPENED: (Status.IN_PROGRESS,),
}
"""Where a case may go from where it stands."""


def allowed(status: Status, lane: Lane) -> tuple[Status, ...]:
    """
    What a clerk may do next.

    A confidential report's reporter is told nothing after the acknowledgement, so a
    question could not reach anybody.
    """
    steps = TRANSITIONS[status]
    if lane is Lane.CONFIDENTIAL:
        return tuple(step for step in steps if step is not Status.QUESTION)
    return steps


def after_reply(
    kind: ReplyKind,
    status: Status,
    lane: Lane,
    *,
    closed_at: datetime | None,
    said_at: datetime,
) -> Status | None:
    """
    Where a case goes when its reporter says something; None: it stays.

    Who speaks for a child or a victim cannot be made silent: a confidential report is
    never withdrawn by a click, the words are only noted.
    """
    if kind is ReplyKind.ANSWER and status is Status.QUESTION:
        return Status.IN_PROGRESS
    if kind is ReplyKind.REOPEN and may_reopen(status, closed_at, said_at):
        return Status.REOPENED
    if kind is ReplyKind.WITHDRAW and withdraws(lane) and status not in CLOSED:
        return Status.REJECTED
    return None


def may_reopen(status: Status, closed_at: datetime | None, said_at: datetime) -> bool:
    """Whether a reporter may still say that it is not fixed."""
    if status not in MAY_REOPEN or closed_at is None:
        return False
    return said_at - closed_at <= REOPEN_WITHIN


def withdraws(lane: Lane) -> bool:
    """Whether a reporter can take a report of this lane back."""
    return lane is not Lane.CONFIDENTIAL


def public_status(changed: Status, others: Iterable[Status]) -> Status:
    """
    The one story of a report that several departments work on.

    It ends only when the last of them has ended; who gave it back does not count. Till
    then it is as far as the furthest, and a question stays open until it is answered.
    """
    still_open = [each for each in (changed, *others) if each not in CLOSED]
    return max(still_open, key=_FURTHER.index, default=changed)


def public_promise(
    changed: Status,
    promise: datetime | None,
    others: Iterable[tuple[Status, datetime | None]],
) -> datetime | None:
    """
    By when the whole of a report is promised: the latest of what is still open.

    *promise* is that of the case that has *changed*.
    """
    still_open = [day for status, day in others if status not in CLOSED and day]
    if changed in CLOSED and still_open:
        return max(still_open)
    return max([day for day in (promise, *still_open) if day], default=None)


def is_on_its_way(returns: int, hand_overs: Iterable[int]) -> bool:
    """Whether a matter was given back that has reached no other department yet."""
    return returns > max(hand_overs, default=returns)
