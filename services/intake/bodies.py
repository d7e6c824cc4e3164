"""Reads what clients send: only so much, only so slowly, only what it says it is."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect, Request

from services.intake.multipart import File, Part, read_parts
from services.intake.problems import too_large
from shared.web.problems import FieldError, Refused, invalid, not_valid

JSON_BYTES = 262_144
MULTIPART_BYTES = 40_000_000
MAX_PHOTOS = 5
PATIENCE = 30.0
"""Seconds that a body may take …"""
SLOWEST = 25_000
"""… and one more for so many bytes: photos come over slow networks."""

B = TypeVar("B", bound=BaseModel)


async def read_json(request: Request, model: type[B]) -> B:
    """A JSON body as *model*. Raises Refused."""
    if media_type(request) != "application/json":
        raise unsupported("application/json")
    return as_model(parsed(await read_all(request, JSON_BYTES)), model)


async def read_form(request: Request) -> list[Part]:
    """The parts of a multipart body. Raises Refused."""
    content_type = request.headers.get("content-type", "")
    return await read_parts(_chunks(request, MULTIPART_BYTES), content_type)


async def read_all(request: Request, limit: int) -> bytes:
    """A body of at most *limit* bytes. Raises Refused."""
    body = bytearray()
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


def report_and_photos(parts: list[Part]) -> tuple[Any, list[File]]:
    """The JSON of part `report`, and the parts `photos`. Raises Refused."""
    reports = [part for part in parts if part.name == "report"]
    if len(reports) != 1:
        raise invalid(FieldError("report", "must be there exactly once"))
    if strangers := {p.name[:60] for p in parts} - {"report", "photos"}:
        raise invalid(*(FieldError(name, "is not known") for name in strangers))
    return parsed(bytes(reports[0].data)), photos_of(parts)


def photos_of(parts: list[Part]) -> list[File]:
    """The photos' bytes. Raises Refused when there are too many."""
    files: list[File] = [part.data for part in parts if part.name == "photos"]
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
    """The body while it is neither too long nor too slow."""
    claimed = request.headers.get("content-length", "0")
    if claimed.isdecimal() and int(claimed) > limit:
        raise too_large(limit)
    stream, size = aiter(request.stream()), 0
    began = asyncio.get_running_loop().time()
    while True:
        chunk = await _next(stream, began + PATIENCE + size / SLOWEST)
        if chunk is None:
            return
        size += len(chunk)
        if size > limit:
            raise too_large(limit)
        yield chunk


async def _next(stream: AsyncIterator[bytes], until: float) -> bytes | None:
    """The next piece, None after the last. Raises Refused."""
    try:
        async with asyncio.timeout_at(until):
            return await anext(stream)
    except StopAsyncIteration:
        return None
    except ClientDisconnect:
        raise Refused(400, "cut-off", "The body was cut off.") from None
    except TimeoutError:
        raise Refused(
            408,
            "too-slow",
            "The body did not arrive in time.",
            headers={"Connection": "close"},
        ) from None
