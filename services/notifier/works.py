"""What a notifier's process does beside answering its probes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from services.notifier.courier import Courier
from shared.kafka.worker import Worker


class Works:
    """Readers and senders together. *fill* makes sure that Redis holds everything."""

    def __init__(
        self, *, worker: Worker, courier: Courier, fill: Callable[[], Awaitable[None]]
    ) -> None:
        self._worker = worker
        self._courier = courier
        self._fill = fill
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def alive(self) -> bool:
        """Both go on; a restart would not help."""
        broken = any(t.done() and t.exception() is not None for t in self._tasks)
        return self._worker.alive and not broken

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Works"]:
        """Fill, read and send while the block lasts."""
        async with AsyncExitStack() as stack:
            filling = asyncio.get_running_loop().create_task(self._filled())
            stack.push_async_callback(_ended, filling)
            sending = await stack.enter_async_context(self._courier.running())
            await stack.enter_async_context(self._worker.running())
            self._tasks = [filling, sending]
            yield self

    async def until(self, asked_to_stop: asyncio.Event) -> None:
        """Wait for the event; raises what a part crashed of, if one does."""
        stopping = asyncio.Event()
        reading = asyncio.get_running_loop().create_task(self._worker.until(stopping))
        asked = asyncio.get_running_loop().create_task(_waited(asked_to_stop))
        parts: set[asyncio.Task[None]] = {reading, asked, *self._tasks}
        try:
            while not asked.done():
                done, parts = await asyncio.wait(
                    parts, return_when=asyncio.FIRST_COMPLETED
                )
                for part in done:
                    part.result()
                if reading.done():
                    return
        finally:
            stopping.set()
            await asyncio.wait([reading])
            asked.cancel()

    async def _filled(self) -> None:
        await self._fill()
        self._courier.wake_all()


async def _waited(event: asyncio.Event) -> None:
    await event.wait()


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait([task])
