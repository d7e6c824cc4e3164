"""Several workers as one: each reads Kafka with a consumer of its own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from shared.kafka.worker import Worker


class Workers:
    """
    Runs workers side by side.

    A consumer asks for all its partitions again after each answer: busy topics with
    few partitions and quiet ones with many are read apart.
    """

    def __init__(self, *workers: Worker) -> None:
        self._workers = workers

    @property
    def alive(self) -> bool:
        """All of them run."""
        return all(worker.alive for worker in self._workers)

    @property
    def trouble(self) -> str | None:
        """Why one of them is not ready, or None."""
        return next((w.trouble for w in self._workers if w.trouble), None)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Workers"]:
        """Read while the block lasts."""
        async with AsyncExitStack() as stack:
            for worker in self._workers:
                await stack.enter_async_context(worker.running())
            yield self

    async def until(self, asked_to_stop: asyncio.Event) -> None:
        """Wait for the event; raises what the first of them crashed of."""
        waiting = [asyncio.ensure_future(w.until(asked_to_stop)) for w in self._workers]
        done, pending = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        for task in done:
            task.result()
