"""What was typed into a form of the pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError
from starlette.datastructures import FormData

from services.desk.cases import Search
from services.desk.schemas import Transition
from shared.contracts.vocabulary import Status
from shared.web.problems import FieldError, invalid

SHOWN_STATUSES = ("all", *(str(status) for status in Status))


@dataclass(frozen=True)
class Typed:
    """The form of a case as it was sent."""

    to: str = ""
    version: int = 0
    note: str = ""
    public_note: str = ""
    department: str = ""
    expected_on: str = ""
    service_code: str = ""
    duplicate_of: str = ""

    def transition(self, timezone: str, day_ends: str) -> Transition:
        """What the clerk wants. Raises Refused."""
        errors = []
        if not self.to:
            errors.append(FieldError("to", "missing"))
        if self.to == Status.QUESTION and not self.public_note.strip():
            errors.append(FieldError("public_note", "missing"))
        if errors:
            raise invalid(*errors)
        try:
            return Transition.model_validate(self._fields(timezone, day_ends))
        except ValidationError as error:
            fields = {str(found["loc"][0]): found["msg"] for found in error.errors()}
            raise invalid(*(FieldError(*each) for each in fields.items())) from None

    def _fields(self, timezone: str, day_ends: str) -> dict[str, Any]:
        """Only what belongs to the chosen step: the other fields stay typed."""
        fields: dict[str, Any] = {"to": self.to, "note": self.note.strip() or None}
        if self.to == Status.RETURNED:
            fields["department"] = self.department or None
            return fields
        fields["public_note"] = self.public_note.strip() or None
        fields["service_code"] = self.service_code or None
        if self.expected_on:
            fields["expected_at"] = _end_of(self.expected_on, timezone, day_ends)
        if self.to == Status.DUPLICATE:
            fields["duplicate_of"] = self.duplicate_of.strip() or None
        return fields


def typed_in(form: FormData) -> Typed:
    """The fields of a case's form."""
    words = {
        name: str(form.get(name) or "").replace("\r\n", "\n")
        for name in Typed.__dataclass_fields__
        if name != "version"
    }
    version = str(form.get("version") or "")
    return Typed(version=int(version) if version.isdecimal() else 0, **words)


def search_of(query: Mapping[str, str]) -> Search:
    """The inbox's search; what makes no sense is left out."""
    status = query.get("status", "")
    return Search(
        status=status if status in SHOWN_STATUSES else None,
        quarter=_plain(query.get("quarter", ""))[:60] or None,
        service_code=_plain(query.get("service_code", ""))[:40] or None,
        words=_plain(query.get("q", ""))[:200] or None,
        after=query.get("after") or None,
    )


def _plain(words: str) -> str:
    return words.replace("\x00", "").strip()


def _end_of(day: str, timezone: str, day_ends: str) -> datetime:
    try:
        chosen = date.fromisoformat(day)
    except ValueError:
        raise invalid(FieldError("expected_on", "no date")) from None
    return datetime.combine(chosen, time.fromisoformat(day_ends), ZoneInfo(timezone))
