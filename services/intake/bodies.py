"""Reads what clients send: only so much, only so slowly, only what it says it is."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect, Request

from services.intake.multipart import Part, read_parts
from services.intake.problems import FieldError, Refused, invalid, not_valid, too_large

JSON_BYTES = 262_144
MULTIPART_BYTES = 40_000_000
MAX_PHOTOS = 5
SECONDS = 30.0

B = TypeVar("B", bound=BaseModel)


async def read_json(request: Request, model: type[B]) -> B:
    """A JSON body as *model*. Raises Refused."""
    if media_type(request) != "application/json":
        raise unsupported("application/json")
    return as_model(parsed(await read_all(request, JSON_BYTES)), model)


async def read_form(request: Request) -> list[Part]:
    """The parts of a multipart body. Raises Refused."""
    content_type = request.headers.get("content-type", "")
    async with _in_time():
        return await read_parts(_chunks(request, MULTIPART_BYTES), content_type)


async def read_all(request: Request, limit: int) -> bytes:
    """A body of at most *limit* bytes. Raises Refused."""
    body = bytearray()
    async with _in_time():
        async for chunk in _chunks(request, limit):
            body += chunk
    return bytes(body)


def parsed(body: bytes) -> Any:
    """JSON in UTF-8. Raises Refused."""
    try:
        return json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Refused(400, "broken-json", "The body is not JSON in UTF-8.") from None


def as_model(value: Any, model: type[B]) -> B:
    """The value checked as *model*. Raises Refused, naming the fields."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise not_valid(error) from None


def report_and_photos(parts: list[Part]) -> tuple[Any, list[bytes]]:
    """The JSON of part `report`, and the parts `photos`. Raises Refused."""
    reports = [part for part in parts if part.name == "report"]
    if len(reports) != 1:
        raise invalid(FieldError("report", "must be there exactly once"))
    if strangers := {p.name[:60] for p in parts} - {"report", "photos"}:
        raise invalid(*(FieldError(name, "is not known") for name in strangers))
    return parsed(bytes(reports[0].data)), photos_of(parts)


def photos_of(parts: list[Part]) -> list[bytes]:
    """The photos' bytes. Raises Refused when there are too many."""
    files = [bytes(part.data) for part in parts if part.name == "photos"]
    if len(files) > MAX_PHOTOS:
        raise invalid(FieldError("photos", f"must be at most {MAX_PHOTOS}"))
    return files


def media_type(request: Request) -> str:
    """The content type without its options."""
    return request.headers.get("content-type", "").split(";")[0].strip().lower()


def unsupported(*wanted: str) -> Refused:
    """The body has a type that this address does not take."""
    return Refused(
        415,
        "unsupported-media-type",
        "The body has a type that is not taken here.",
        f"Send {' or '.join(wanted)}.",
        headers={"Accept-Post": ", ".join(wanted)},
    )


async def _chunks(request: Request, limit: int) -> AsyncIterator[bytes]:
    """The body while it is not too long; what it claims to be is checked first."""
    claimed = request.headers.get("content-length", "0")
    if claimed.isdecimal() and int(claimed) > limit:
        raise too_large(limit)
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > limit:
                raise too_large(limit)
            yield chunk
    except ClientDisconnect:
        raise Refused(400, "cut-off", "The body was cut off.") from None


@asynccontextmanager
async def _in_time() -> AsyncIterator[None]:
    """A slow body ends with 408."""
    try:
        async with asyncio.timeout(SECONDS):
            yield
    except TimeoutError:
        raise Refused(
            408,
            "too-slow",
            "The body did not arrive in time.",
            headers={"Connection": "close"},
        ) from None
