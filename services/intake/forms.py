"""What a form says, as the API would have said it; and errors as a page shows them."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from services.intake.attempt import WEB, Attempt
from services.intake.bodies import (
    JSON_BYTES,
    media_type,
    photos_of,
    read_all,
    read_form,
    unsupported,
)
from services.intake.multipart import File, Part
from services.intake.questions import answers_in
from services.intake.texts import Texts
from shared.web.problems import FieldError, Refused, invalid

TYPED = ("description", "service_code", "address", "email", "lat", "long")
LONGEST_TOKEN = 64
_FIELD_OF = {"contact": "email", "lat": "address", "long": "address"}


async def read_fields(request: Request) -> tuple[dict[str, str], list[File]]:
    """A form's fields and photos, from either way a browser sends it."""
    kind = media_type(request)
    if kind == "multipart/form-data":
        parts = await read_form(request)
        files = [part for part in parts if part.is_file and part.data]
        return _fields(parts), photos_of(files)
    if kind == "application/x-www-form-urlencoded":
        body = await read_all(request, JSON_BYTES)
        return _pairs(body), []
    raise unsupported("multipart/form-data", "application/x-www-form-urlencoded")


def report_of(fields: Mapping[str, str]) -> dict[str, object]:
    """The report that the form's fields make; what is empty was not said."""
    report: dict[str, object] = {"description": fields.get("description", "")}
    for name in ("service_code", "address"):
        if fields.get(name, "").strip():
            report[name] = fields[name]
    for name in ("lat", "long"):
        if fields.get(name, "").strip():
            report[name] = _degrees(name, fields[name])
    if fields.get("email", "").strip():
        report["contact"] = {"email": fields["email"].strip()}
    if answers := answers_in(fields):
        report["attributes"] = answers
    report["confidential"] = fields.get("confidential") == "yes"
    return report


def attempt_in(fields: Mapping[str, str]) -> Attempt | None:
    """A form's own key: a double click makes one report."""
    token = fields.get("token", "")[:LONGEST_TOKEN]
    return Attempt(WEB, f"form:{token}") if token else None


def in_words(refusal: Refused, texts: Texts) -> dict[str, str]:
    """What is wrong, by the field of the page, in the reader's language."""
    errors: Mapping[str, str] = texts["errors"]
    if not refusal.errors:
        known = errors.get(refusal.type) or texts["refused"]
        return {"": texts["busy"] if refusal.status >= 500 else known}
    wrong: dict[str, str] = {}
    for error in refusal.errors:
        name = error.field.split(".")[0]
        field = error.field if name == "attributes" else _FIELD_OF.get(name, name)
        wrong.setdefault(field, errors.get(name, errors["other"]))
    return wrong


def _degrees(name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise invalid(FieldError(name, "is not a number")) from None


def _fields(parts: list[Part]) -> dict[str, str]:
    try:
        return {p.name: p.data.decode() for p in parts if not p.is_file}
    except UnicodeDecodeError:
        raise _unreadable() from None


def _pairs(body: bytes) -> dict[str, str]:
    try:
        text = body.decode("ascii")
        return dict(
            parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=60)
        )
    except ValueError:
        raise _unreadable() from None


def _unreadable() -> Refused:
    return Refused(400, "broken-form", "The form is not in UTF-8.")
