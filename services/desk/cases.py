"""The cases of one department, to be read."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Row,
    String,
    Uuid,
    bindparam,
    insert,
    literal,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from services.desk.database import Database
from services.desk.earlier import earlier_cases
from services.desk.model import Case, Change, Earlier, Informed, Report
from services.desk.rules import CLOSED
from services.desk.tables import audit, cases, changes, informed, reports
from shared.contracts.vocabulary import Status

PAGE = 50


class NotACursor(ValueError):
    """The text does not name a place in a list."""


@dataclass(frozen=True)
class Search:
    """Which cases; without a status the open ones, with ``all`` every one."""

    status: str | None = None
    quarter: str | None = None
    service_code: str | None = None
    words: str | None = None
    after: str | None = None
    limit: int = PAGE


@dataclass(frozen=True)
class Found:
    """One page of an inbox, and where the next one begins."""

    cases: Sequence[tuple[int, Case]]
    next: str | None


@dataclass(frozen=True)
class Record:
    """A case with all that belongs to it."""

    report: Report
    case: Case
    changes: Sequence[Change]
    informed: Sequence[Informed]
    earlier: Sequence[Earlier]


# Built once: building a statement costs more than running it.
_OF_REPORT = bindparam("of_report", type_=Uuid())
_AT_DEPARTMENT = bindparam("at_department", type_=String())
_INBOX = select(reports.c.version, cases).join_from(cases, reports)
_CASE = select(cases).where(
    cases.c.report_id == _OF_REPORT, cases.c.department == _AT_DEPARTMENT
)
_REPORT = select(reports).where(reports.c.report_id == _OF_REPORT)
_CHANGES = (
    select(changes)
    .where(changes.c.report_id == _OF_REPORT, changes.c.department == _AT_DEPARTMENT)
    .order_by(changes.c.id)
)
_TOLD = (
    select(informed)
    .where(informed.c.report_id == _OF_REPORT)
    .order_by(informed.c.version, informed.c.channel)
)


class Cases:
    """
    What one department may see.

    Nothing is read without its name, so that another's case cannot be told from one
    that does not exist.
    """

    def __init__(self, database: Database, department: str) -> None:
        self._database = database
        self._department = department

    async def inbox(self, search: Search) -> Found:
        """Danger first, then the newest. Raises NotACursor."""
        query = _INBOX.where(cases.c.department == self._department)
        for condition in _conditions(search):
            query = query.where(condition)
        query = query.order_by(*(column.desc() for column in _ORDER))
        async with self._database.read() as connection:
            rows = (await connection.execute(query.limit(search.limit + 1))).all()
        page = rows[: search.limit]
        more = len(rows) > search.limit
        return Found(
            [(row.version, Case.model_validate(row)) for row in page],
            _cursor(page[-1]) if more else None,
        )

    async def record(self, report_id: UUID) -> Record | None:
        """One case, whole; what is confidential is still sealed."""
        async with self._database.read() as connection:
            mine = {"of_report": report_id, "at_department": self._department}
            row = (await connection.execute(_CASE, mine)).first()
            if row is None:
                return None
            return await self._whole(connection, mine, Case.model_validate(row))

    async def note_reading(self, report_id: UUID, who: str, action: str) -> None:
        """Write down who is about to read what is confidential."""
        async with self._database.quiet_write() as tx:
            await tx.execute(
                insert(audit).values(
                    at=datetime.now(UTC),
                    who=who,
                    department=self._department,
                    report_id=report_id,
                    action=action,
                )
            )

    async def _whole(
        self, connection: AsyncConnection, mine: dict[str, object], case: Case
    ) -> Record:
        report = (await connection.execute(_REPORT, mine)).one()
        return Record(
            Report.model_validate(report),
            case,
            [
                Change.model_validate(r)
                for r in await connection.execute(_CHANGES, mine)
            ],
            [Informed.model_validate(r) for r in await connection.execute(_TOLD, mine)],
            await earlier_cases(connection, case),
        )


_ORDER = (cases.c.urgency, cases.c.received_at, cases.c.report_id)


def _conditions(search: Search) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if search.status is None:
        found.append(cases.c.status.not_in([str(status) for status in CLOSED]))
    elif search.status != "all":
        found.append(cases.c.status == Status(search.status))
    if search.quarter:
        found.append(cases.c.quarter == search.quarter)
    if search.service_code:
        found.append(cases.c.service_code == search.service_code)
    if search.words:
        words = search.words.casefold().split()
        found.extend(cases.c.words.contains(word, autoescape=True) for word in words)
    if search.after:
        found.append(_after(search.after))
    return found


def _after(cursor: str) -> ColumnElement[bool]:
    place = zip(_place(cursor), _ORDER, strict=True)
    return tuple_(*_ORDER) < tuple_(
        *(literal(value, column.type) for value, column in place)
    )


def _cursor(row: Row[Any]) -> str:
    at = row.received_at.astimezone(UTC).isoformat(timespec="microseconds")
    place = f"{row.urgency}|{at}|{row.report_id}"
    return urlsafe_b64encode(place.encode()).decode().rstrip("=")


def _place(cursor: str) -> tuple[int, datetime, UUID]:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        urgency, at, report_id = urlsafe_b64decode(padded).decode("ascii").split("|")
        return int(urgency), datetime.fromisoformat(at), UUID(report_id)
    except (ValueError, binascii.Error) as error:
        raise NotACursor("not a place in this list") from error
