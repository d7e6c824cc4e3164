"""``/healthz``, ``/readyz`` and ``/metrics``: the same on every service."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Check = Callable[[], Awaitable[str | None]]
"""Says what is wrong in words, or None."""

CHECK_SECONDS = 2.0


class Reads(Protocol):
    """A reader of Kafka."""

    @property
    def trouble(self) -> str | None:
        """Why it is not ready, or None."""


class Pings(Protocol):
    """Something that can be asked whether it is there."""

    async def ping(self) -> None:
        """Raise when it is away."""


def worker_check(worker: Reads) -> Check:
    """Whether a reader reads."""

    async def check() -> str | None:
        return worker.trouble

    return check


def broker_check(publisher: Pings) -> Check:
    """Whether the broker answers."""

    async def check() -> str | None:
        await publisher.ping()
        return None

    return check


def health_routes(
    *, alive: Callable[[], bool], checks: Mapping[str, Check]
) -> list[Route]:
    """
    The probes.

    Alive means: the process does its work, a restart would not help. Ready means:
    what it depends on answers.
    """

    async def healthz(_request: Request) -> Response:
        ok = alive()
        return JSONResponse({"alive": ok}, status_code=200 if ok else 503)

    async def readyz(_request: Request) -> Response:
        troubles = await _troubles(checks)
        status = 503 if troubles else 200
        return JSONResponse({"ready": not troubles, "troubles": troubles}, status)

    async def metrics(_request: Request) -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return [
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/metrics", metrics),
    ]


async def _troubles(checks: Mapping[str, Check]) -> dict[str, str]:
    """What is wrong, by the name of the check."""
    found = await asyncio.gather(*(_asked(check) for check in checks.values()))
    return {name: words for name, words in zip(checks, found, strict=True) if words}


async def _asked(check: Check) -> str | None:
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            return await check()
    except TimeoutError:
        return "no answer"
    except Exception as error:  # noqa: BLE001  a check that fails is an answer
        return type(error).__name__
