"""Reports, cases and changes inside a transaction that writes."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Uuid, bindparam, delete, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.desk.model import Case, Change, Informed, Report
from services.desk.tables import (
    Instant,
    cases,
    changes,
    early_replies,
    informed,
    reports,
)
from shared.contracts.replies import ReplyReceived
from shared.contracts.vocabulary import Lane

# Built once: building a statement costs more than running it.
_FIRST_TIME = text(
    "INSERT INTO inbox (event_id, department, seen_at) "
    "VALUES (:event_id, :department, :seen_at) ON CONFLICT DO NOTHING"
).bindparams(bindparam("event_id", type_=Uuid()), bindparam("seen_at", type_=Instant()))
_OF_REPORT = cases.c.report_id == bindparam("of_report")
_AT_DEPARTMENT = cases.c.department == bindparam("at_department")

_REPORT = (
    select(reports)
    .where(reports.c.report_id == bindparam("of_report"))
    .with_for_update()
)
_ADD_REPORT = insert(reports)
_SAVE_REPORT = update(reports).where(reports.c.report_id == bindparam("of_report"))
_CASES = select(cases).where(_OF_REPORT).order_by(cases.c.department)
_CASE = select(cases).where(_OF_REPORT, _AT_DEPARTMENT)
_ADD_CASE = insert(cases)
_SAVE_CASE = update(cases).where(_OF_REPORT, _AT_DEPARTMENT)
_ADD_CHANGE = insert(changes)


async def first_time(tx: AsyncConnection, event_id: UUID, department: str = "") -> bool:
    """Whether an event is new here; from now on it is not."""
    done = await tx.execute(
        _FIRST_TIME,
        {"event_id": event_id, "department": department, "seen_at": datetime.now(UTC)},
    )
    return done.rowcount == 1


async def locked_report(tx: AsyncConnection, report_id: UUID) -> Report | None:
    """A report that nobody else changes until this transaction ends."""
    row = (await tx.execute(_REPORT, {"of_report": report_id})).first()
    return None if row is None else Report.model_validate(row)


async def add_report(tx: AsyncConnection, report: Report) -> None:
    """A report that the desk did not know."""
    await tx.execute(_ADD_REPORT, _report_values(report))


async def save_report(tx: AsyncConnection, report: Report) -> None:
    """A report's next version."""
    values = {**_report_values(report), "of_report": report.report_id}
    await tx.execute(_SAVE_REPORT, values)


async def case_at(tx: AsyncConnection, report_id: UUID, department: str) -> Case | None:
    """The case of one department."""
    wanted = {"of_report": report_id, "at_department": department}
    row = (await tx.execute(_CASE, wanted)).first()
    return None if row is None else Case.model_validate(row)


async def cases_of(tx: AsyncConnection, report_id: UUID) -> Sequence[Case]:
    """A report's cases at all departments: for events, never for a clerk's eyes."""
    rows = await tx.execute(_CASES, {"of_report": report_id})
    return [Case.model_validate(row) for row in rows]


async def add_case(tx: AsyncConnection, case: Case) -> None:
    """A case that its department did not have."""
    await tx.execute(_ADD_CASE, _case_values(case))


async def save_case(tx: AsyncConnection, case: Case) -> None:
    """The new state of a case."""
    where = {"of_report": case.report_id, "at_department": case.department}
    await tx.execute(_SAVE_CASE, {**_case_values(case), **where})


async def note_changes(
    tx: AsyncConnection, case: Case, noted: Sequence[Change]
) -> None:
    """Remember who changed what."""
    where = {"report_id": case.report_id, "department": case.department}
    await tx.execute(
        _ADD_CHANGE, [{**change.model_dump(), **where} for change in noted]
    )


async def erase_words(tx: AsyncConnection, report_id: UUID, department: str) -> None:
    """Take what people wrote out of a case's history; what happened stays."""
    await tx.execute(
        update(changes)
        .where(changes.c.report_id == report_id, changes.c.department == department)
        .values(note=None, sealed=None)
    )


async def remember_delivery(
    tx: AsyncConnection, report_id: UUID, told: Informed
) -> None:
    """What became of one message; once it has arrived, that stays."""
    same = (
        (informed.c.report_id == report_id)
        & (informed.c.version == told.version)
        & (informed.c.channel == told.channel)
    )
    known = (await tx.execute(select(informed.c.failed).where(same))).first()
    if known is None:
        await tx.execute(insert(informed).values(report_id=report_id, **dict(told)))
    elif known.failed is not None:
        await tx.execute(update(informed).where(same).values(**dict(told)))


async def keep_early(tx: AsyncConnection, reply: ReplyReceived) -> None:
    """A reply that came before its case."""
    await tx.execute(
        insert(early_replies).values(
            event_id=reply.event_id,
            report_id=reply.report_id,
            event=reply.model_dump(mode="json"),
        )
    )


async def take_early(tx: AsyncConnection, report_id: UUID) -> list[ReplyReceived]:
    """The replies that came before their case, oldest first."""
    mine = early_replies.c.report_id == report_id
    rows = (await tx.execute(select(early_replies.c.event).where(mine))).scalars()
    replies = [ReplyReceived.model_validate(event) for event in rows]
    if replies:
        await tx.execute(delete(early_replies).where(mine))
    return sorted(replies, key=lambda reply: reply.occurred_at)


def _report_values(report: Report) -> dict[str, object]:
    whole = report.model_dump()
    plain = report.model_dump(
        mode="json", include={"place", "returned_by", "history", "messages"}
    )
    return {**whole, **plain}


def _case_values(case: Case) -> dict[str, object]:
    content = case.content
    return {
        **case.model_dump(exclude={"content"}),
        "urgency": int(case.lane is Lane.DANGER),
        "content": None if content is None else content.model_dump(mode="json"),
        "words": _words(case),
    }


def _words(case: Case) -> str | None:
    """What a clerk's search looks through."""
    if case.content is None:
        return None
    report = case.content.report
    return f"{report.description} {report.address or ''}".casefold()
