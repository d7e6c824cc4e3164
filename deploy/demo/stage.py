"""The running stack under a demonstration: our own, or the one that runs already."""

import asyncio
import json
import signal
from collections.abc import Coroutine
from typing import Any, Self, TypeVar

from rich.console import Console

from deploy.demo.ledger import Journey
from deploy.local.foreground import listen
from deploy.local.places import places
from deploy.local.record import supervisor
from deploy.local.stack import Stack

T = TypeVar("T")

START_SECONDS = 120


class Stage:
    """Starts a stack unless one runs; stops only what it has started."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._stack: Stack | None = None
        self._asked = asyncio.Event()
        self.info: dict[str, Any] = {}

    async def __aenter__(self) -> Self:
        if supervisor(places().lock) is not None:
            self._console.print("A stack runs already; playing on it.")
            self.info = await _running()
            self._listen()
            return self
        self._stack = Stack(say=self._say)
        self._asked = listen(self._stack)
        await self._stack.start()
        self.info = self._stack.info
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._stack is not None:
            self._console.print("Stopping; the data stays …")
            await self._stack.stop()

    async def unless_asked_to_leave(self, work: Coroutine[Any, Any, T]) -> T | None:
        """The result of *work*; None when somebody asked to leave before."""
        working = asyncio.create_task(work)
        asked = asyncio.create_task(self._asked.wait())
        await asyncio.wait({working, asked}, return_when=asyncio.FIRST_COMPLETED)
        asked.cancel()
        if working.done():
            return working.result()
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        return None

    async def until_asked_to_leave(self) -> None:
        """Stay."""
        hint = "stops everything" if self._stack else "leaves; the stack runs on"
        self._console.print(f"Ctrl-C {hint}.")
        await self._asked.wait()

    def tell(self, journey: Journey | None) -> None:
        """Where a person finds what."""
        code = journey.tracking_code if journey else ""
        shown = {
            "form": f"{self.info['intake']}/",
            "tracking page": f"{self.info['intake']}/track#{code}",
            "desk": f"{self.info['desk']}/  (demo login: choose a department)",
            "mailbox": self.info["mail"] or "outside",
            "to stop": "Ctrl-C here, or `make down` (RESET=1 forgets the data)",
        }
        self._console.print()
        for name, value in shown.items():
            self._console.print(f"  {name:<14} {value}", soft_wrap=True, markup=False)

    def _say(self, sentence: str) -> None:
        self._console.print(sentence, soft_wrap=True, markup=False)

    def _listen(self) -> None:
        for sign in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(sign, self._asked.set)


async def _running() -> dict[str, Any]:
    """What the running stack says of itself, once it is up."""
    record = places().record
    async with asyncio.timeout(START_SECONDS):
        while not record.exists():  # noqa: ASYNC110 (another's file: nobody tells)
            await asyncio.sleep(0.2)
    info: dict[str, Any] = json.loads(record.read_text("utf-8"))
    return info
