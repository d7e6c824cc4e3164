"""What reporters say after the report, and what it changes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from services.desk.assigning import SYSTEM
from services.desk.events import tell
from services.desk.model import Case, Change, Report
from services.desk.outbox import put_tombstone
from services.desk.rules import CLOSED, after_reply, public_status, withdraws
from services.desk.store import (
    cases_of,
    erase_words,
    note_change,
    put_case,
    save_report,
)
from shared.contracts.contacts import CONTACTS
from shared.contracts.content import MessageContent
from shared.contracts.replies import ReplyReceived
from shared.contracts.vocabulary import Lane, ReplyKind
from shared.sealing import Sealer, department_key

REPORTER = "reporter"


async def hear(
    tx: AsyncConnection,
    report: Report,
    reply: ReplyReceived,
    text: str | None,
    *,
    sealer: Sealer,
) -> None:
    """Put a reply into every case of its report, which this transaction holds."""
    present = await cases_of(tx, reply.report_id)
    changed = [_moved(case, reply) for case in present]
    moved = [
        after for before, after in zip(present, changed, strict=True) if after != before
    ]
    withdrawn = reply.kind is ReplyKind.WITHDRAW and withdraws(report.lane)
    if withdrawn:
        report = report.model_copy(update={"tell": False, "messages": ()})
    if moved:
        report = _stepped(report, moved[0], changed, reply.occurred_at)
        await tell(tx, report, reply.occurred_at)
    await save_report(tx, report)
    for before, after in zip(present, changed, strict=True):
        await _remember(tx, before, after, reply, text, report.version, sealer)
        await put_case(tx, _emptied(after) if withdrawn else after)
    if withdrawn:
        await _forget(tx, report, present)


def _moved(case: Case, reply: ReplyReceived) -> Case:
    """The case after the reply; the same if nothing follows."""
    status = after_reply(
        reply.kind,
        case.status,
        case.lane,
        closed_at=case.closed_at,
        said_at=reply.occurred_at,
    )
    if status is None:
        return case
    closed_at = reply.occurred_at if status in CLOSED else None
    return case.model_copy(update={"status": status, "closed_at": closed_at})


def _stepped(report: Report, moved: Case, changed: list[Case], at: datetime) -> Report:
    """One version for the report, in however many departments it moved."""
    others = [case.status for case in changed if case.department != moved.department]
    status = public_status(moved.status, others)
    return report.stepped(status, at, moved.department)


async def _remember(
    tx: AsyncConnection,
    before: Case,
    after: Case,
    reply: ReplyReceived,
    text: str | None,
    version: int,
    sealer: Sealer,
) -> None:
    """The words, and the status if it moved."""
    sealed = None
    if text is not None and before.lane is Lane.CONFIDENTIAL:
        words = MessageContent(report_id=reply.report_id, text=text)
        sealed, text = sealer.seal(department_key(before.department), words), None
    said = Change(
        at=reply.occurred_at,
        who=REPORTER,
        field="reporter",
        after=reply.kind,
        note=text,
        sealed=sealed,
        version=version,
    )
    await note_change(tx, before, said)
    if before.status is not after.status:
        moved = Change(
            at=reply.occurred_at,
            who=SYSTEM,
            field="status",
            before=before.status,
            after=after.status,
            version=version,
        )
        await note_change(tx, before, moved)


def _emptied(case: Case) -> Case:
    """A case without anything that its reporter wrote."""
    return case.model_copy(update={"content": None, "sealed": None})


async def _forget(tx: AsyncConnection, report: Report, cases: Sequence[Case]) -> None:
    """A report taken back: its words and its contact go."""
    for case in cases:
        await erase_words(tx, report.report_id, case.department)
    await put_tombstone(tx, CONTACTS, report.report_id)
