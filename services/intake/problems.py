"""Refusals: problem+json (RFC 9457) that names the field."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pydantic import ValidationError
from rfc9457 import Problem

RETRY_SECONDS = 5
LONGEST_NAME = 60
MOST_ERRORS = 50


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one field; never carries its value."""

    field: str
    detail: str

    def shown(self) -> dict[str, str]:
        """With a JSON pointer (RFC 6901) beside the name."""
        escaped = self.field.replace("~", "~0").replace("/", "~1").replace(".", "/")
        return {
            "field": self.field,
            "pointer": f"#/{escaped}" if self.field else "#",
            "detail": self.detail,
        }


class Refused(Problem):
    """A request that intake does not take, and why."""

    def __init__(
        self,
        status: int,
        type_: str,
        title: str,
        detail: str | None = None,
        *,
        errors: Iterable[FieldError] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        self.errors = tuple(errors)
        extras: dict[str, Any] = {}
        if self.errors:
            extras["errors"] = [error.shown() for error in self.errors]
        super().__init__(title, type_, detail, status, headers, **extras)


def invalid(*errors: FieldError) -> Refused:
    """The request was understood, and some fields are wrong."""
    return Refused(422, "invalid-fields", "Some fields are not valid.", errors=errors)


def not_valid(error: ValidationError) -> Refused:
    """Pydantic's errors in our words; values are left out."""
    found = error.errors(include_input=False, include_context=False, include_url=False)
    return invalid(*errors_in(found))


def errors_in(
    found: Iterable[Mapping[str, Any]], *, skip: Container[str] = ()
) -> Iterator[FieldError]:
    """Each field that is wrong; names that nobody knows are cut."""
    for each in islice(found, MOST_ERRORS):
        parts = [part for part in each["loc"] if part != "[key]"]
        if parts and parts[0] in skip:
            parts = parts[1:]
        yield FieldError(".".join(map(_name, parts)), each["msg"])


def away(what: str) -> Refused:
    """Something we need does not answer; a later try may work."""
    return Refused(
        503,
        "temporarily-unavailable",
        "Please try again in a moment.",
        f"{what} does not answer now.",
        headers={"Retry-After": str(RETRY_SECONDS)},
    )


def too_large(limit: int) -> Refused:
    """The body is longer than it may be."""
    return Refused(
        413, "too-large", "The request is too large.", f"At most {limit} bytes."
    )


def unknown_report() -> Refused:
    """No report has this code."""
    return Refused(404, "unknown-report", "There is no report with this code.")


def not_a_code() -> Refused:
    """The text cannot be a code of ours."""
    return invalid(
        FieldError("tracking_code", "a tracking code has 24 letters and digits")
    )


def _name(part: int | str) -> str:
    """A field's name that any answer can carry."""
    return str(part).encode("ascii", "backslashreplace").decode()[:LONGEST_NAME]
