"""Turns what goes wrong into problem+json, and counts it."""

from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi_problem.handler import (
    ExceptionHandler,
    add_exception_handler,
    new_exception_handler,
)
from rfc9457 import Problem
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from services.intake import metrics
from shared.web.problems import Unexpected, errors_in, invalid

METHOD_NOT_ALLOWED = 405


def answer_refusals(app: FastAPI) -> None:
    """Let every refusal of the app be a problem."""
    handler = new_exception_handler(
        unhandled_wrappers={"default": Unexpected},
        request_validation_handler=_in_the_address,
        pre_hooks=[_count],
        post_hooks=[_allowed],
    )
    add_exception_handler(app, handler, generic_swagger_defaults=False)


def _in_the_address(
    _handler: ExceptionHandler, _request: Request, error: RequestValidationError
) -> Problem:
    """A parameter that is wrong, by its name."""
    return invalid(*errors_in(error.errors(), skip=1))


def _allowed(
    content: dict[str, Any], request: Request, answer: Response
) -> tuple[dict[str, Any], Response]:
    """A 405 names all methods of the address, not only those of one route."""
    if answer.status_code == METHOD_NOT_ALLOWED:
        methods = {
            method
            for route in request.app.routes
            if route.matches(request.scope)[0] is not Match.NONE
            for method in getattr(route, "methods", None) or ()
        }
        answer.headers["Allow"] = ", ".join(sorted(methods))
    return content, answer


def _count(_request: Request, error: Exception) -> None:
    status = getattr(error, "status", getattr(error, "status_code", 500))
    metrics.refused(422 if isinstance(error, RequestValidationError) else status)
