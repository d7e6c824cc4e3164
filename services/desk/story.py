"""A report that several departments work on tells one story. As pure as the rules."""

from collections.abc import Sequence
from datetime import datetime

from services.desk.model import Case, Report
from services.desk.rules import CLOSED, is_on_its_way, public_promise, public_status
from shared.contracts.vocabulary import Lane, Status


def retold(
    report: Report,
    changed: Case,
    present: Sequence[Case],
    at: datetime,
    sealed: str | None = None,
) -> Report:
    """The report's next version after one of its cases has changed."""
    others = beside(changed, present)
    elsewhere = [(other.status, other.expected_at) for other in others]
    hand_overs = (case.hand_over for case in (changed, *others))
    if is_on_its_way(len(report.returned_by), hand_overs):
        elsewhere.append((Status.ASSIGNED, None))
    status = public_status(changed.status, (status for status, _ in elsewhere))
    after = report.stepped(status, at, changed.department, sealed)
    promise = public_promise(changed.status, changed.expected_at, elsewhere)
    return after.model_copy(update={"expected_at": promise})


def beside(case: Case, present: Sequence[Case]) -> list[Case]:
    """A report's cases at other departments."""
    return [other for other in present if other.department != case.department]


def at_work_beside(case: Case, present: Sequence[Case]) -> tuple[str, ...]:
    """Who else has a matter of the report; nobody is told of a confidential one."""
    if case.lane is Lane.CONFIDENTIAL:
        return ()
    return tuple(
        other.department
        for other in beside(case, present)
        if other.status is not Status.RETURNED
    )


def joined(known: Case, case: Case) -> Case:
    """Another matter for a department that works on one: that work goes on."""
    if known.status in CLOSED:
        return case
    if case.lane is Lane.CONFIDENTIAL:
        return case.model_copy(update={"status": known.status})
    elsewhere = [(known.status, known.expected_at)]
    promise = public_promise(case.status, case.expected_at, elsewhere)
    return case.model_copy(
        update={
            "status": known.status,
            "lane": most_urgent(known.lane, case.lane),
            "service_code": known.service_code,
            "expected_at": promise,
        }
    )


def is_taken_back(present: Sequence[Case]) -> bool:
    """Whether nothing is left of a report: no other department is to get it now."""
    left = (case.content is not None or case.sealed is not None for case in present)
    return bool(present) and not any(left)


def most_urgent(*lanes: Lane) -> Lane:
    """The lane of what is told in public."""
    return Lane.DANGER if Lane.DANGER in lanes else Lane.NORMAL
