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
    note_changes,
    save_case,
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
    before = await cases_of(tx, reply.report_id)
    after = [_moved(case, reply) for case in before]
    moved = [new for old, new in zip(before, after, strict=True) if new != old]
    withdrawn = reply.kind is ReplyKind.WITHDRAW and withdraws(report.lane)
    if withdrawn:
        report, after = _blank(report), [_emptied(case) for case in after]
        await put_tombstone(tx, CONTACTS, report.report_id)
    if moved or withdrawn:
        report = _stepped(report, moved, after, reply.occurred_at)
        await save_report(tx, report)
        await tell(tx, report, reply.occurred_at)
    for old, new in zip(before, after, strict=True):
        changes = _changes(old, new, reply, text, report.version)
        await note_changes(tx, old, [_hidden(old, each, sealer) for each in changes])
        await save_case(tx, new)
        if withdrawn:
            await erase_words(tx, report.report_id, old.department)


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


def _stepped(
    report: Report, moved: Sequence[Case], present: Sequence[Case], at: datetime
) -> Report:
    """One version for the report, in however many departments it moved."""
    if not moved:
        return report.stepped(report.status, at, report.department)
    first = moved[0]
    others = [case.status for case in present if case.department != first.department]
    return report.stepped(public_status(first.status, others), at, first.department)


def _changes(
    before: Case, after: Case, reply: ReplyReceived, text: str | None, version: int
) -> list[Change]:
    """The words, and the status if it moved."""
    said = Change(
        at=reply.occurred_at,
        who=REPORTER,
        field="reporter",
        after=reply.kind,
        note=text,
        version=version,
    )
    if before.status is after.status:
        return [said]
    status = {"field": "status", "before": before.status, "after": after.status}
    return [said, said.model_copy(update={"who": SYSTEM, "note": None, **status})]


def _hidden(case: Case, change: Change, sealer: Sealer) -> Change:
    """What was said in the confidential lane is sealed."""
    if change.note is None or case.lane is not Lane.CONFIDENTIAL:
        return change
    words = MessageContent(report_id=case.report_id, text=change.note)
    sealed = sealer.seal(department_key(case.department), words)
    return change.model_copy(update={"note": None, "sealed": sealed})


def _blank(report: Report) -> Report:
    """A report that was taken back: nobody is told of it, nothing is said."""
    return report.model_copy(update={"tell": False, "messages": (), "place": None})


def _emptied(case: Case) -> Case:
    """A case without anything that its reporter wrote."""
    return case.model_copy(update={"content": None, "sealed": None})
