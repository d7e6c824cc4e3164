"""Wakes sleeping sender tasks, one for each thing that may be due."""

import asyncio
from collections import deque


class Bell:
    """A ring wakes one sleeper. If nobody sleeps, the next one does not lie down."""

    def __init__(self) -> None:
        self._sleepers: deque[asyncio.Event] = deque()
        self._rung = False

    def ring(self) -> None:
        """Something may be due."""
        if self._sleepers:
            self._sleepers.popleft().set()
        else:
            self._rung = True

    def ring_all(self) -> None:
        """Everybody shall look."""
        while self._sleepers:
            self.ring()
        self._rung = True

    async def sleep(self, seconds: float) -> None:
        """Until a ring, at most so long."""
        if self._rung:
            self._rung = False
            return
        mine = asyncio.Event()
        self._sleepers.append(mine)
        try:
            async with asyncio.timeout(seconds):
                await mine.wait()
        except TimeoutError:
            return
        finally:
            if mine in self._sleepers:
                self._sleepers.remove(mine)
