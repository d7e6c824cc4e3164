"""
SQLite without a thread in between.

aiosqlite hands each call to a thread, and SQLAlchemy makes four calls for a statement:
some fifty changes of thread for one case, which cost more than the work. A write here
is short, so it is done at once, on the event loop. Long reads keep their threads.
"""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Generator
from typing import Any

import aiosqlite


class AtOnce:
    """Takes the place of a thread's queue: what is put in is done."""

    def put_nowait(
        self, job: tuple[asyncio.Future[Any] | None, Callable[[], Any]]
    ) -> None:
        """Call the function; the future has its answer."""
        future, function = job
        try:
            answer = function()
        except Exception as error:
            if future is None:
                raise
            future.set_exception(error)
        else:
            if future is not None:
                future.set_result(answer)


class InlineConnection(aiosqlite.Connection):
    """An aiosqlite connection whose calls run where they are awaited."""

    def __init__(self, file: str) -> None:
        super().__init__(lambda: sqlite3.connect(file), iter_chunk_size=64)
        self._tx = AtOnce()  # type: ignore[assignment]

    def __await__(self) -> Generator[Any, None, aiosqlite.Connection]:
        """Open it, without starting the thread."""
        return self._connect().__await__()


def inline(file: str) -> Callable[[], Awaitable[aiosqlite.Connection]]:
    """What SQLAlchemy calls for a connection to a database file."""
    return lambda: InlineConnection(file)
