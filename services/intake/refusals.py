"""Turns what goes wrong into problem+json, and counts it."""

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi_problem.handler import (
    ExceptionHandler,
    add_exception_handler,
    new_exception_handler,
)
from rfc9457 import Problem, StatusProblem
from starlette.requests import Request

from services.intake import metrics
from services.intake.problems import errors_in, invalid


class Unexpected(StatusProblem):
    """Our mistake; what it was stands in the log, not in the answer."""

    title = "Something went wrong here."
    type_ = "internal"

    def __init__(self, *_details: object) -> None:
        super().__init__()


def answer_refusals(app: FastAPI) -> None:
    """Let every refusal of the app be a problem."""
    handler = new_exception_handler(
        unhandled_wrappers={"default": Unexpected},
        request_validation_handler=_in_the_address,
        pre_hooks=[_count],
    )
    add_exception_handler(app, handler, generic_swagger_defaults=False)


def _in_the_address(
    _handler: ExceptionHandler, _request: Request, error: RequestValidationError
) -> Problem:
    """A parameter that is wrong, by its name."""
    return invalid(*errors_in(error.errors(), skip=("query", "path", "header")))


def _count(_request: Request, error: Exception) -> None:
    status = getattr(error, "status", getattr(error, "status_code", 500))
    metrics.refused(422 if isinstance(error, RequestValidationError) else status)
