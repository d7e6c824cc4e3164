"""The OpenAPI 3.1 document: FastAPI's own, with the bodies that are read by hand."""

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from pydantic.json_schema import models_json_schema

from services.intake.docs import PROBLEM
from services.intake.schemas import ReplyIn, ReportIn, SimilarIn, TrackingIn

BODIES = (ReportIn, SimilarIn, TrackingIn, ReplyIn)


def documented(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """To be used as ``app.openapi``; made once, when it is first asked for."""
    made: dict[str, Any] = {}
    original = app.openapi

    def openapi() -> dict[str, Any]:
        if not made:
            made.update(original())
            schemas = made.setdefault("components", {}).setdefault("schemas", {})
            schemas.update(_bodies())
            schemas["Problem"] = PROBLEM
        return made

    return openapi


def _bodies() -> dict[str, Any]:
    _, schema = models_json_schema(
        [(model, "validation") for model in BODIES],
        ref_template="#/components/schemas/{model}",
    )
    found: dict[str, Any] = schema["$defs"]
    return found
