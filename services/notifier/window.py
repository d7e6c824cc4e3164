"""How many messages can be doubled by a kill: those sent and not marked yet."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

PATIENCE = 1.0


class Window:
    """
    One message at a time is between its sending and its mark: a kill costs one copy.

    Who stays longer than PATIENCE is excused, and the others go on without it.
    """

    def __init__(self) -> None:
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def entered(self) -> AsyncIterator[None]:
        """Alone, but for those who are excused."""
        turn = await self._taken()
        try:
            yield
        finally:
            turn.release()

    async def _taken(self) -> asyncio.Lock:
        while True:
            turn = self._turn
            try:
                async with asyncio.timeout(PATIENCE):
                    await turn.acquire()
            except TimeoutError:
                if self._turn is turn:
                    self._turn = asyncio.Lock()
            else:
                return turn
