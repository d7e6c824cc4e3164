"""A task becomes a case, and the report's next version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from services.desk.events import status_changed, tell
from services.desk.model import Case, Change, Report
from services.desk.outbox import put
from services.desk.rules import CLOSED
from services.desk.store import (
    add_case,
    add_report,
    cases_of,
    locked_report,
    note_changes,
    save_case,
    save_report,
)
from services.desk.story import beside, is_taken_back, joined, most_urgent, retold
from shared.city.place import rounded
from shared.contracts.content import TaskContent
from shared.contracts.status import STATUS, Place, Step
from shared.contracts.tasks import TaskAssigned
from shared.contracts.vocabulary import Lane, Status
from shared.sealing import Sealer, department_key

SYSTEM = "meldekette"
"""Who changed a case when it was nobody's hand."""


@dataclass(frozen=True)
class Assigned:
    """A case that was opened; ``is_new``: the desk did not know the report before."""

    case: Case
    is_new: bool


async def assign(
    tx: AsyncConnection,
    task: TaskAssigned,
    content: TaskContent,
    *,
    at: datetime,
    sealer: Sealer,
) -> Assigned | None:
    """
    Open a case, or open it again after a hand-over.

    None if the task is old, or its reporter has taken the report back.
    """
    known = await locked_report(tx, task.report_id)
    present = [] if known is None else await cases_of(tx, task.report_id)
    mine = [case for case in present if case.department == task.department]
    if is_taken_back(present) or (mine and mine[0].hand_over >= task.hand_over):
        return None
    report = known or _received(task)
    if task.lane is Lane.CONFIDENTIAL and report.lane is not Lane.CONFIDENTIAL:
        report = await _confide(tx, report, present, at, sealer)
    case = _case(task, content, report.lane)
    case = joined(mine[0], case) if mine else case
    after = retold(report, case, present, at)
    if report.lane is not Lane.CONFIDENTIAL:
        after = _shown(after, task, case, content, beside(case, present))
    await (save_report if known else add_report)(tx, after)
    await tell(tx, after, at)
    await (save_case if mine else add_case)(tx, case)
    before = mine[0].status if mine else None
    await note_changes(tx, case, [_opened(before, case, after.version, at)])
    return Assigned(case, known is None)


def _received(task: TaskAssigned) -> Report:
    """Version 1, as intake published it."""
    confidential = task.lane is Lane.CONFIDENTIAL and not task.late
    return Report(
        report_id=task.report_id,
        version=1,
        status=Status.RECEIVED,
        lane=Lane.CONFIDENTIAL if confidential else Lane.NORMAL,
        language=task.language,
        received_at=task.received_at,
        tell=task.tell,
        history=(Step(version=1, status=Status.RECEIVED, at=task.received_at),),
    )


async def _confide(
    tx: AsyncConnection,
    report: Report,
    present: Sequence[Case],
    at: datetime,
    sealer: Sealer,
) -> Report:
    """
    Move a report into the confidential lane, at every department that has it.

    Whoever was told of it is told one last thing: nothing. Its public view goes.
    """
    confided = report.confided()
    for case in present:
        await save_case(tx, _sealed(case, sealer))
    await put(tx, STATUS, status_changed(confided, at))
    return confided


def _sealed(case: Case, sealer: Sealer) -> Case:
    content = case.content
    sealed = case.sealed
    if content is not None:
        sealed = sealer.seal(department_key(case.department), content)
    return case.model_copy(
        update={
            "lane": Lane.CONFIDENTIAL,
            "service_code": None,
            "quarter": None,
            "content": None,
            "sealed": sealed,
        }
    )


def _shown(
    after: Report,
    task: TaskAssigned,
    case: Case,
    content: TaskContent,
    others: Sequence[Case],
) -> Report:
    """What the public sees of a report; its service is that of the first matter."""
    alone = all(other.status in CLOSED for other in others)
    leads = alone or (task.hand_over == 0 and not task.further)
    return after.model_copy(
        update={
            "lane": most_urgent(after.lane, case.lane),
            "service_code": case.service_code if leads else after.service_code,
            "quarter": case.quarter,
            "place": _place(content),
        }
    )


def _case(task: TaskAssigned, content: TaskContent, lane: Lane) -> Case:
    """A report that is confidential once stays so."""
    confidential = Lane.CONFIDENTIAL in (lane, task.lane)
    return Case(
        report_id=task.report_id,
        department=task.department,
        status=Status.ASSIGNED,
        lane=Lane.CONFIDENTIAL if confidential else task.lane,
        service_code=None if confidential else task.service_code,
        quarter=None if confidential else task.quarter,
        received_at=task.received_at,
        expected_at=task.expected_at,
        hand_over=task.hand_over,
        content=None if confidential else content,
        sealed=task.content if confidential else None,
    )


def _place(content: TaskContent) -> Place | None:
    report = content.report
    if report.lat is None or report.long is None:
        return None
    lat, long = rounded(report.lat, report.long)
    return Place(lat=lat, long=long)


def _opened(before: Status | None, case: Case, version: int, at: datetime) -> Change:
    return Change(
        at=at,
        who=SYSTEM,
        field="status",
        before=before,
        after=case.status,
        version=version,
    )
