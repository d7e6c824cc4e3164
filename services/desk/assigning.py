"""A task becomes a case, and the report's next version."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from services.desk.events import status_changed, tell
from services.desk.model import Case, Change, Report
from services.desk.outbox import put
from services.desk.rules import public_status
from services.desk.store import (
    add_report,
    case_at,
    cases_of,
    locked_report,
    note_change,
    put_case,
    save_report,
)
from shared.city.place import rounded
from shared.contracts.content import TaskContent
from shared.contracts.status import STATUS, Place, Step
from shared.contracts.tasks import TaskAssigned
from shared.contracts.vocabulary import Lane, Status
from shared.sealing import Sealer, department_key

SYSTEM = "meldekette"
"""Who changed a case when it was nobody's hand."""


async def assign(
    tx: AsyncConnection,
    task: TaskAssigned,
    content: TaskContent,
    *,
    at: datetime,
    sealer: Sealer,
) -> Case | None:
    """
    Open a case, or open it again after a hand-over; None if the task is an old one.

    Whoever was told of a report that turns out to be confidential is told one last
    thing: nothing. Its public view goes.
    """
    before = await case_at(tx, task.report_id, task.department)
    if before is not None and before.hand_over >= task.hand_over:
        return None
    known = await locked_report(tx, task.report_id)
    report = known or _received(task)
    if known is None:
        await add_report(tx, report)
    was_public = report.lane is not Lane.CONFIDENTIAL and (known is not None)
    if task.lane is Lane.CONFIDENTIAL and (was_public or task.late):
        report = await _confide(tx, report, at, sealer)
    case = _case(task, content, report.lane)
    report = await _next_version(tx, report, case, content, at)
    await put_case(tx, case)
    await note_change(tx, case, _opened(before, case, report.version, at))
    return case


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
    tx: AsyncConnection, report: Report, at: datetime, sealer: Sealer
) -> Report:
    """Move a report into the confidential lane, at every department that has it."""
    confided = report.confided()
    for case in await cases_of(tx, report.report_id):
        await put_case(tx, _sealed(case, sealer))
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


async def _next_version(
    tx: AsyncConnection, report: Report, case: Case, content: TaskContent, at: datetime
) -> Report:
    """``assigned``, told to the reporter unless it is confidential."""
    others = [
        other.status
        for other in await cases_of(tx, report.report_id)
        if other.department != case.department
    ]
    status = public_status(case.status, others)
    stepped = report.stepped(status, at, case.department)
    if report.lane is not Lane.CONFIDENTIAL:
        stepped = stepped.model_copy(
            update={
                "lane": _most_urgent(report.lane, case.lane),
                "service_code": case.service_code,
                "quarter": case.quarter,
                "expected_at": case.expected_at,
                "place": _place(content),
            }
        )
    await save_report(tx, stepped)
    await tell(tx, stepped, at)
    return stepped


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


def _most_urgent(*lanes: Lane) -> Lane:
    return Lane.DANGER if Lane.DANGER in lanes else Lane.NORMAL


def _place(content: TaskContent) -> Place | None:
    report = content.report
    if report.lat is None or report.long is None:
        return None
    lat, long = rounded(report.lat, report.long)
    return Place(lat=lat, long=long)


def _opened(before: Case | None, case: Case, version: int, at: datetime) -> Change:
    return Change(
        at=at,
        who=SYSTEM,
        field="status",
        before=None if before is None else before.status,
        after=case.status,
        version=version,
    )
