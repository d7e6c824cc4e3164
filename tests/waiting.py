"""Waiting for what nobody tells us of, with an end."""

import asyncio
import inspect
import time
from collections.abc import Callable
from typing import Any


async def until(
    found: Callable[[], Any],
    *,
    seconds: float = 30,
    every: float = 0.1,
    what: str = "",
) -> Any:
    """What *found* answers, as soon as it is true. Fails after *seconds*."""
    end = time.monotonic() + seconds
    while True:
        answer = found()
        value = await answer if inspect.isawaitable(answer) else answer
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds:.0f} s: {what or found}")
        await asyncio.sleep(every)
