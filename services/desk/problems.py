"""What the desk alone refuses, and how each of its errors is answered."""

from collections.abc import Sequence
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi_problem.handler import add_exception_handler, new_exception_handler
from rfc9457 import Problem
from starlette.requests import Request

from shared.contracts.vocabulary import Status
from shared.web.problems import (
    LONGEST_NAME,
    Refused,
    Unexpected,
    Where,
    away,
    errors_in,
    invalid,
)

log = structlog.get_logger()


def unknown_case() -> Refused:
    """There is no such case, or it is another department's: both look the same."""
    return Refused(404, "unknown-case", "There is no such case here.")


def not_signed_in() -> Refused:
    """No token, or a wrong one."""
    return Refused(
        401,
        "not-signed-in",
        "A department's token is needed.",
        headers={"WWW-Authenticate": 'Bearer realm="desk"'},
    )


def version_missing() -> Refused:
    """A change must say which version it is about (RFC 6585)."""
    return Refused(
        428,
        "version-missing",
        "If-Match is missing.",
        "Send the case's ETag in If-Match, so that nobody's work is overwritten.",
    )


def stale(version: int) -> Refused:
    """Somebody was faster."""
    return Refused(
        412,
        "stale-version",
        "Somebody was faster.",
        f"The case now has version {version}.",
        headers={"ETag": f'"{version}"'},
        version=version,
    )


def not_allowed(status: Status, wanted: Status, allowed: Sequence[Status]) -> Refused:
    """The state machine has no such step."""
    return Refused(
        409,
        "transition-not-allowed",
        "Not possible from here.",
        f"A case that is {status} cannot become {wanted}.",
        allowed=[str(step) for step in allowed],
    )


def too_large(limit: int) -> Refused:
    """The body is longer than it may be."""
    return Refused(413, "body-too-large", f"A body has at most {limit} bytes.")


def install(app: FastAPI, away_errors: Sequence[type[Exception]]) -> None:
    """Let every error of an app be a problem; some mean that something is away."""
    handler = new_exception_handler(
        unhandled_wrappers={"default": Unexpected},
        request_validation_handler=_not_valid,
        handlers=dict.fromkeys(away_errors, _away),
    )
    add_exception_handler(app, handler, generic_swagger_defaults=False)
    for error in away_errors:
        app.add_exception_handler(error, handler)


def _away(_handler: Any, _request: Request, error: Exception) -> Problem:
    log.warning("dependency.away", error=type(error).__name__)
    return away("The record of cases does not answer.")


def _not_valid(_handler: Any, _request: Request, error: Exception) -> Problem:
    """FastAPI's errors in our words; values are left out."""
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    if any(each["type"] == "json_invalid" for each in found):
        return Refused(400, "not-json", "The body is no JSON.")
    return invalid(*errors_in(found, skip=1, named=_as_sent))


def _as_sent(where: Where) -> str:
    """A field's name as it came, without numbers: no field of the desk has one."""
    parts = [str(part) for part in where]
    return ".".join(part[:LONGEST_NAME] for part in parts if not part.isdecimal())
