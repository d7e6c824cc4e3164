"""Refusals: problem+json (RFC 9457) that names the field."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from pydantic import ValidationError
from rfc9457 import Problem, StatusProblem

RETRY_SECONDS = 5
LONGEST_NAME = 60
MOST_ERRORS = 50

Where = Sequence[int | str]
"""The way to a field, as pydantic and FastAPI tell it."""


class FieldError(NamedTuple):
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
    """A request that a service does not follow, and why."""

    def __init__(
        self,
        status: int,
        type_: str,
        title: str,
        detail: str | None = None,
        *,
        errors: Iterable[FieldError] = (),
        headers: dict[str, str] | None = None,
        **extras: Any,
    ) -> None:
        self.errors = tuple(errors)
        if self.errors:
            extras["errors"] = [error.shown() for error in self.errors]
        super().__init__(title, type_, detail, status, headers, **extras)


class Unexpected(StatusProblem):
    """Our mistake; what it was stands in the log, not in the answer."""

    title = "Something went wrong here."
    type_ = "internal"

    def __init__(self, *_details: object) -> None:
        super().__init__()


def invalid(*errors: FieldError) -> Refused:
    """The request was understood, and some fields are wrong."""
    return Refused(422, "invalid-fields", "Some fields are not valid.", errors=errors)


def not_valid(error: ValidationError) -> Refused:
    """Pydantic's errors in our words; values are left out."""
    found = error.errors(include_input=False, include_context=False, include_url=False)
    return invalid(*errors_in(found))


def away(detail: str) -> Refused:
    """Something we need does not answer; a later try may work."""
    return Refused(
        503,
        "temporarily-unavailable",
        "Please try again in a moment.",
        detail,
        headers={"Retry-After": str(RETRY_SECONDS)},
    )


def plain_name(where: Where) -> str:
    """A field's name that any answer can carry, however it was sent."""
    return ".".join(_plain(part) for part in where if part != "[key]")


def errors_in(
    found: Iterable[Mapping[str, Any]],
    *,
    skip: int = 0,
    named: Callable[[Where], str] = plain_name,
) -> Iterator[FieldError]:
    """
    The first of the fields that are wrong.

    FastAPI names the part of the request before the field: *skip* that one.
    """
    for each in islice(found, MOST_ERRORS):
        yield FieldError(named(each["loc"][skip:]), each["msg"])


def _plain(part: int | str) -> str:
    return str(part).encode("ascii", "backslashreplace").decode()[:LONGEST_NAME]
