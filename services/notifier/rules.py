"""What reporters are told of a report, and when a failed telling is tried again."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from pydantic import AwareDatetime, BaseModel, ConfigDict

from shared.contracts.content import ContactContent
from shared.contracts.status import StatusChanged, Step
from shared.contracts.vocabulary import (
    Channel,
    DepartmentId,
    Lane,
    Sealed,
    Status,
    Version,
)

LONGEST_RETRY = timedelta(hours=4)
TRIES = 28
"""When the first wait is ten seconds: about three days."""


class Notice(BaseModel):
    """
    One thing to tell about a report. Holds nothing that a citizen wrote.

    ``message`` is a MessageContent as it came, sealed to the citizens' side.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    version: Version
    status: Status
    at: AwareDatetime
    department: DepartmentId | None = None
    expected_at: AwareDatetime | None = None
    message: Sealed | None = None


def notices(event: StatusChanged, *, since: datetime) -> tuple[Notice, ...]:
    """
    What to tell because of an event, unless it was told or seen before.

    Earlier versions come along from the history, so that a reporter misses none; but
    not those older than *since*. Hand-overs are not told, and of a confidential report
    only that it has arrived.
    """
    if not event.tell:
        return ()
    if event.lane is Lane.CONFIDENTIAL:
        return (receipt(event),) if event.version == 1 else ()
    missed = (step for step in _earlier(event) if step.at >= since)
    steps = (*missed, _own_step(event))
    return tuple(_notice(event, step) for step in steps if _is_told(event, step))


def receipt(event: StatusChanged) -> Notice:
    """That a report has arrived, and nothing else."""
    return Notice(version=1, status=Status.RECEIVED, at=event.received_at)


def next_try(tries: int, *, first: timedelta, chance: float) -> timedelta | None:
    """
    How long to wait after a number of failed tries, or None to give up.

    Begins with *first* and doubles up to four hours; *chance* (0…1) spreads it, so
    that a thousand mails that failed together do not come back together.
    """
    if tries >= TRIES:
        return None
    wait: timedelta = min(first * 2 ** min(tries - 1, 20), LONGEST_RETRY)
    return wait * (0.75 + 0.25 * chance)


def wanted(contact: ContactContent) -> tuple[Channel, ...]:
    """The channels that a reporter has chosen."""
    chosen = ((Channel.MAIL, contact.email), (Channel.WEBHOOK, contact.webhook))
    return tuple(channel for channel, address in chosen if address)


def cause(version: int, channel: Channel) -> str:
    """Names a telling of a report: its events and its Message-ID follow from it."""
    return f"{version}:{channel}"


def _own_step(event: StatusChanged) -> Step:
    return Step(
        version=event.version,
        status=event.status,
        at=event.occurred_at,
        department=event.department,
    )


def _earlier(event: StatusChanged) -> Iterator[Step]:
    """The steps before the event's own, oldest first."""
    steps = sorted(event.history, key=lambda step: step.version)
    return (step for step in steps if step.version < event.version)


def _is_told(event: StatusChanged, step: Step) -> bool:
    """
    Whether a step is news: it changes what the reporter knows, or has words for them.

    A report is assigned once in their eyes; and where several departments work on it,
    a step of one of them may leave the whole as it was.
    """
    if step.status is Status.RETURNED:
        return False
    if _message(event, step.version):
        return True
    before = [each.status for each in _earlier(event) if each.version < step.version]
    if step.status is Status.ASSIGNED:
        return Status.ASSIGNED not in before
    return before[-1:] != [step.status]


def _notice(event: StatusChanged, step: Step) -> Notice:
    """A step in the words of a notice; the promise is the event's, if it is newest."""
    newest = step.version == event.version
    return Notice(
        version=step.version,
        status=step.status,
        at=step.at,
        department=step.department,
        expected_at=event.expected_at if newest else None,
        message=_message(event, step.version),
    )


def _message(event: StatusChanged, version: int) -> str | None:
    """The clerk's words of one version, still sealed."""
    found = (m.content for m in event.messages if m.version == version)
    return next(found, None)
