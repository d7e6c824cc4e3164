"""Waiting for Redis: a mail that is out must be marked, whatever it takes."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from shared.redis.client import AWAY

log = structlog.get_logger()

T = TypeVar("T")

LONGEST = 5.0


async def patiently(work: Callable[[], Awaitable[T]]) -> T:
    """Do it, however long Redis is away."""
    wait = 0.1
    while True:
        try:
            return await work()
        except AWAY as error:
            log.warning("dependency.away", missing=type(error).__name__, wait=wait)
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST)
