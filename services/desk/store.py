"""Reports, cases and changes inside a transaction that writes."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Select, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.desk.model import Case, Change, Informed, Report
from services.desk.tables import cases, changes, early_replies, inbox, informed, reports
from shared.contracts.replies import ReplyReceived
from shared.contracts.vocabulary import Lane


async def first_time(tx: AsyncConnection, event_id: UUID, department: str = "") -> bool:
    """Whether an event is new here; from now on it is not."""
    seen = select(inbox.c.event_id).where(
        inbox.c.event_id == event_id, inbox.c.department == department
    )
    if (await tx.execute(seen)).first() is not None:
        return False
    now = datetime.now(UTC)
    await tx.execute(
        insert(inbox).values(event_id=event_id, department=department, seen_at=now)
    )
    return True


async def locked_report(tx: AsyncConnection, report_id: UUID) -> Report | None:
    """A report that nobody else changes until this transaction ends."""
    query = select(reports).where(reports.c.report_id == report_id).with_for_update()
    row = (await tx.execute(query)).first()
    return None if row is None else Report.model_validate(row)


async def add_report(tx: AsyncConnection, report: Report) -> None:
    """A report that the desk did not know."""
    await tx.execute(insert(reports).values(**_report_values(report)))


async def save_report(tx: AsyncConnection, report: Report) -> None:
    """A report's next version."""
    await tx.execute(
        update(reports)
        .where(reports.c.report_id == report.report_id)
        .values(**_report_values(report))
    )


async def case_at(tx: AsyncConnection, report_id: UUID, department: str) -> Case | None:
    """The case of one department."""
    row = (await tx.execute(_case(report_id, department))).first()
    return None if row is None else Case.model_validate(row)


async def cases_of(tx: AsyncConnection, report_id: UUID) -> Sequence[Case]:
    """A report's cases at all departments: for events, never for a clerk's eyes."""
    query = select(cases).where(cases.c.report_id == report_id)
    query = query.order_by(cases.c.department)
    return [Case.model_validate(row) for row in await tx.execute(query)]


async def put_case(tx: AsyncConnection, case: Case) -> None:
    """A new case, or the new state of one."""
    values = _case_values(case)
    known = (await tx.execute(_case(case.report_id, case.department))).first()
    if known is None:
        await tx.execute(insert(cases).values(**values))
        return
    await tx.execute(
        update(cases)
        .where(
            cases.c.report_id == case.report_id, cases.c.department == case.department
        )
        .values(**values)
    )


async def note_change(tx: AsyncConnection, case: Case, change: Change) -> None:
    """Remember who changed what."""
    await tx.execute(
        insert(changes).values(
            report_id=case.report_id,
            department=case.department,
            **change.model_dump(),
        )
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


def _case(report_id: UUID, department: str) -> Select[tuple[object, ...]]:
    return select(cases).where(
        cases.c.report_id == report_id, cases.c.department == department
    )


def _report_values(report: Report) -> dict[str, object]:
    whole = report.model_dump()
    plain = report.model_dump(
        mode="json", include={"place", "returned_by", "history", "messages"}
    )
    return {**whole, **plain, "report_id": report.report_id}


def _case_values(case: Case) -> dict[str, object]:
    content = case.content
    return {
        **case.model_dump(exclude={"content"}),
        "urgency": int(case.lane is Lane.DANGER),
        "content": None if content is None else content.model_dump(mode="json"),
        "words": None if content is None else _words(case),
    }


def _words(case: Case) -> str | None:
    """What a clerk's search looks through."""
    if case.content is None:
        return None
    report = case.content.report
    return f"{report.description} {report.address or ''}".casefold()
