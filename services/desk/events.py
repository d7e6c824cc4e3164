"""The desk's facts: what it writes to the outbox when a report has a new version."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from services.desk.model import Case, Report
from services.desk.outbox import put
from shared.contracts.content import ReturnContent, TaskContent
from shared.contracts.event import event_id
from shared.contracts.returns import RETURNS, ServiceCorrected, TaskReturned
from shared.contracts.status import STATUS, StatusChanged
from shared.contracts.vocabulary import Lane
from shared.sealing import Sealer, department_key

LONGEST_REASON = 500


async def tell(tx: AsyncConnection, report: Report, at: datetime) -> None:
    """Publish a report's new version; a confidential one has none."""
    if report.lane is not Lane.CONFIDENTIAL:
        await put(tx, STATUS, status_changed(report, at))


def status_changed(report: Report, at: datetime) -> StatusChanged:
    """The whole public state of a report."""
    return StatusChanged(
        event_id=event_id(report.report_id, "status.changed.v1", report.version),
        occurred_at=at,
        **report.model_dump(exclude={"returned_by"}),
    )


def task_returned(
    report: Report,
    case: Case,
    *,
    also_at: tuple[str, ...],
    content: TaskContent,
    reason: str,
    to: str | None,
    at: datetime,
    sealer: Sealer,
) -> TaskReturned:
    """
    A case on its way back to the router, sealed to whom it concerns.

    The router cannot open a confidential one: it goes straight to the next department.
    A report's returns are counted together, so that two departments that have a matter
    of it each do not give theirs back under one number.
    """
    hand_over = max(case.hand_over, len(report.returned_by) - 1)
    if case.lane is Lane.CONFIDENTIAL and to is not None:
        sealed = sealer.seal(department_key(to), _handed_on(content, case, to, reason))
    else:
        words = ReturnContent(
            report_id=report.report_id, report=content.report, reason=reason
        )
        sealed = sealer.seal("router", words)
    return TaskReturned(
        event_id=event_id(report.report_id, "task.returned.v1", hand_over),
        occurred_at=at,
        report_id=report.report_id,
        department=case.department,
        to_department=to,
        returned_by=report.returned_by,
        also_at=also_at,
        hand_over=hand_over,
        lane=case.lane,
        language=report.language,
        service_code=case.service_code,
        quarter=case.quarter,
        received_at=report.received_at,
        tell=report.tell,
        content=sealed,
    )


def _handed_on(content: TaskContent, case: Case, to: str, reason: str) -> TaskContent:
    """What the next department reads: the report, and why it got it."""
    because = f"Von {case.department} übergeben: {reason or 'ohne Begründung'}"
    decision = content.decision.model_copy(
        update={
            "department": to,
            "because": because[:LONGEST_REASON],
            "rule": "handed-over",
            "confidence": 1.0,
            "words": (),
            "alternatives": (),
        }
    )
    return content.model_copy(update={"decision": decision})


def service_corrected(
    report: Report,
    case: Case,
    *,
    before: str | None,
    also_at: tuple[str, ...],
    content: TaskContent,
    reason: str,
    at: datetime,
    sealer: Sealer,
) -> ServiceCorrected:
    """What a case is really about, for the model to learn from."""
    words = ReturnContent(
        report_id=report.report_id, report=content.report, reason=reason
    )
    cause = f"{case.department}:{report.version}"
    return ServiceCorrected(
        event_id=event_id(report.report_id, "service.corrected.v1", cause),
        occurred_at=at,
        report_id=report.report_id,
        department=case.department,
        before=before,
        also_at=also_at,
        lane=case.lane,
        language=report.language,
        service_code=case.service_code or "other",
        quarter=case.quarter,
        received_at=report.received_at,
        tell=report.tell,
        content=sealer.seal("router", words),
    )


async def say_wrong(
    tx: AsyncConnection, event: TaskReturned | ServiceCorrected
) -> None:
    """Publish what was decided wrongly."""
    await put(tx, RETURNS, event)
