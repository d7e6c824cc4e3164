"""Refusals: problem+json (RFC 9457) that names the field."""

from collections.abc import Sequence
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi_problem.handler import add_exception_handler, new_exception_handler
from rfc9457 import Problem
from starlette.requests import Request

from shared.contracts.vocabulary import Status

log = structlog.get_logger()

LONGEST_NAME = 60
MOST_ERRORS = 50


class Refused(Problem):
    """A request that the desk does not follow, and why."""


def invalid(*errors: tuple[str, str]) -> Refused:
    """Fields, each with what is wrong about it; never their values."""
    shown = [
        {"field": field, "pointer": _pointer(field), "detail": detail}
        for field, detail in errors[:MOST_ERRORS]
    ]
    return Refused(
        "Some fields are not valid.", "invalid-fields", None, 422, errors=shown
    )


def unknown_case() -> Refused:
    """There is no such case, or it is another department's: both look the same."""
    return Refused("There is no such case here.", "unknown-case", None, 404)


def not_signed_in() -> Refused:
    """No token, or a wrong one."""
    return Refused(
        "A department's token is needed.",
        "not-signed-in",
        None,
        401,
        headers={"WWW-Authenticate": 'Bearer realm="desk"'},
    )


def version_missing() -> Refused:
    """A change must say which version it is about (RFC 6585)."""
    return Refused(
        "If-Match is missing.",
        "version-missing",
        "Send the case's ETag in If-Match, so that nobody's work is overwritten.",
        428,
    )


def stale(version: int) -> Refused:
    """Somebody was faster."""
    return Refused(
        "Somebody was faster.",
        "stale-version",
        f"The case now has version {version}.",
        412,
        headers={"ETag": f'"{version}"'},
        version=version,
    )


def not_allowed(status: Status, wanted: Status, allowed: Sequence[Status]) -> Refused:
    """The state machine has no such step."""
    return Refused(
        "Not possible from here.",
        "transition-not-allowed",
        f"A case that is {status} cannot become {wanted}.",
        409,
        allowed=[str(step) for step in allowed],
    )


def away(what: str) -> Refused:
    """Something we need does not answer; a later try may work."""
    return Refused(
        "Please try again in a moment.",
        "temporarily-unavailable",
        f"{what} does not answer.",
        503,
        headers={"Retry-After": "5"},
    )


def install(app: FastAPI, away_errors: Sequence[type[Exception]]) -> None:
    """Let every error of an app be a problem; some mean that something is away."""
    handler = new_exception_handler(
        request_validation_handler=_not_valid,
        handlers=dict.fromkeys(away_errors, _away),
    )
    add_exception_handler(app, handler, generic_swagger_defaults=False)
    for error in away_errors:
        app.add_exception_handler(error, handler)


def _away(_handler: Any, _request: Request, error: Exception) -> Problem:
    log.warning("dependency.away", error=type(error).__name__)
    return away("The record of cases")


def _not_valid(_handler: Any, _request: Request, error: Exception) -> Problem:
    """FastAPI's errors in our words; values are left out."""
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    if any(each["type"] == "json_invalid" for each in found):
        return Refused("The body is no JSON.", "not-json", None, 400)
    return invalid(*((_field(each["loc"]), str(each["msg"])) for each in found))


def _field(where: Sequence[int | str]) -> str:
    parts = [str(part) for part in where]
    named = parts[1:] if parts[0] in {"body", "query", "path", "header"} else parts
    return ".".join(part[:LONGEST_NAME] for part in named if not part.isdecimal())


def _pointer(field: str) -> str:
    """The field as a JSON pointer (RFC 6901)."""
    escaped = field.replace("~", "~0").replace("/", "~1").replace(".", "/")
    return f"#/{escaped}" if escaped else "#"
