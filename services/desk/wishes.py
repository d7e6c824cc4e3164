"""What a clerk wants: whether it fits, and what it makes of a case."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.desk.model import Case, Change
from services.desk.rules import CLOSED
from services.desk.schemas import Transition
from shared.contracts.vocabulary import Lane, Status
from shared.web.problems import FieldError


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Who wants what with which case; ``version`` is the one that was seen."""

    department: str
    report_id: UUID
    transition: Transition
    version: int | None
    who: str
    at: datetime


def misfits(
    wish: Wish, lane: Lane, departments: frozenset[str], services: frozenset[str]
) -> list[FieldError]:
    """
    The fields that do not fit this case, each with the reason.

    ``services``: the ordinary ones, which a case can be corrected to.
    """
    found = [*_misfits_of_return(wish, lane, departments)]
    found += _misfits_of_correction(wish, lane, services)
    wanted = wish.transition
    if wanted.public_note is not None and lane is Lane.CONFIDENTIAL:
        found.append(
            FieldError("public_note", "a confidential report's reporter is not told")
        )
    elif wanted.public_note is not None and wanted.to is Status.RETURNED:
        found.append(FieldError("public_note", "a hand-over is not told; use note"))
    if wanted.expected_at is not None and wanted.expected_at <= wish.at:
        found.append(FieldError("expected_at", "is in the past"))
    if wanted.duplicate_of is not None and wanted.to is not Status.DUPLICATE:
        found.append(FieldError("duplicate_of", "only goes with duplicate"))
    if wanted.duplicate_of == wish.report_id:
        found.append(FieldError("duplicate_of", "is this case itself"))
    return found


def _misfits_of_return(
    wish: Wish, lane: Lane, departments: frozenset[str]
) -> list[FieldError]:
    """A confidential case must know its way: nobody on it may read it."""
    to = wish.transition.department
    if wish.transition.to is not Status.RETURNED:
        return [FieldError("department", "only goes with returned")] if to else []
    if to is None:
        needed = lane is Lane.CONFIDENTIAL
        return (
            [FieldError("department", "is needed in the confidential lane")]
            if needed
            else []
        )
    if to == wish.department:
        return [FieldError("department", "is your own")]
    return [] if to in departments else [FieldError("department", "is not known")]


def _misfits_of_correction(
    wish: Wish, lane: Lane, services: frozenset[str]
) -> list[FieldError]:
    """What becomes confidential must be given to the department that may read it."""
    wanted = wish.transition
    if wanted.service_code is None:
        return []
    if lane is Lane.CONFIDENTIAL:
        return [FieldError("service_code", "a confidential report tells no service")]
    if wanted.to is Status.RETURNED:
        return [FieldError("service_code", "does not go with returned; use department")]
    if wanted.service_code not in services:
        return [FieldError("service_code", "is not known, or confidential")]
    return []


def changed_case(case: Case, wish: Wish) -> Case:
    """The case after the wish."""
    status = wish.transition.to
    changes: dict[str, object] = {
        "status": status,
        "closed_at": wish.at if status in CLOSED else None,
        "expected_at": wish.transition.expected_at or case.expected_at,
        "service_code": wish.transition.service_code or case.service_code,
    }
    return case.model_copy(update=changes)


def field_changes(wish: Wish, before: Case, after: Case, version: int) -> list[Change]:
    """Every field that changed, the status with the note first."""
    wanted = wish.transition

    def change(field: str, old: object, new: object, note: str | None = None) -> Change:
        return Change(
            at=wish.at,
            who=wish.who,
            field=field,
            before=_text(old),
            after=_text(new),
            note=note,
            version=version,
        )

    found = [change("status", before.status, after.status, wanted.note)]
    if wanted.public_note is not None:
        found.append(change("public_note", None, None, wanted.public_note))
    if before.expected_at != after.expected_at:
        found.append(change("expected_at", before.expected_at, after.expected_at))
    if before.service_code != after.service_code:
        found.append(change("service_code", before.service_code, after.service_code))
    if wanted.department is not None:
        found.append(change("department", before.department, wanted.department))
    if wanted.duplicate_of is not None:
        found.append(change("duplicate_of", None, wanted.duplicate_of))
    return found


def _text(value: object) -> str | None:
    """A value as the history shows it."""
    if value is None:
        return None
    return value.isoformat() if isinstance(value, datetime) else str(value)
