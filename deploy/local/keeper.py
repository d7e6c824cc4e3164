"""Keeps one part running: what dies is started again."""

import asyncio
import signal
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local.process import end, last_lines, rotate, spawn
from deploy.local.readiness import Probe

FIRST_DELAY, LONGEST_DELAY = 0.25, 5.0
STEADY_SECONDS = 5.0
HOPELESS = 3
LOG_SECONDS = 30.0
KILLED = (-signal.SIGKILL, 128 + signal.SIGKILL)


class NotReadyError(Exception):
    """A part that did not come up, with the last words of its log."""


@dataclass(frozen=True)
class Part:
    """A process of the stack, and how to know that it is ready."""

    name: str
    command: tuple[str, ...]
    probe: Probe
    environment: Mapping[str, str] = field(default_factory=dict)
    patience: float = 8.0
    start_seconds: float = 120.0


class Keeper:
    """Starts a part, starts it again when it dies, and stops it."""

    def __init__(
        self,
        part: Part,
        *,
        logs: Path,
        environment: Mapping[str, str],
        changed: Callable[[str, int | None], None],
        say: Callable[[str], None] = lambda _sentence: None,
    ) -> None:
        self.part = part
        self.log = logs / f"{part.name}.log"
        self.extra: dict[str, str] = {}
        self.deaths = 0
        self._environment = environment
        self._changed = changed
        self._say = say
        self._crashes = 0
        self._process: asyncio.subprocess.Process | None = None
        self._task: asyncio.Task[None] | None = None
        self._asked_to_stop = asyncio.Event()

    @property
    def pid(self) -> int | None:
        """The process's number while it runs."""
        running = self._process is not None and self._process.returncode is None
        return self._process.pid if running and self._process else None

    async def start(self) -> None:
        """Start, and keep alive from now on."""
        if self._task is not None:
            return
        self._asked_to_stop.clear()
        await self._spawn()
        self._task = asyncio.create_task(self._keep(), name=f"keep {self.part.name}")

    async def stop(self) -> None:
        """Stop for good, or until the next start."""
        self._asked_to_stop.set()
        if self._process is not None:
            await end(self._process, self.part.patience)
        if self._task is not None:
            await self._task
            self._task = None

    def send(self, sign: signal.Signals) -> None:
        """Send the process a signal; ``SIGKILL`` is what tests like."""
        if self._process is None or self._process.returncode is not None:
            raise ProcessLookupError(f"{self.part.name} is not running")
        self._process.send_signal(sign)

    async def ready(self, timeout: float | None = None) -> None:
        """Wait until the part answers. Raises NotReadyError."""
        seconds = self.part.start_seconds if timeout is None else timeout
        crashes = self._crashes
        try:
            async with asyncio.timeout(seconds):
                while self.pid is None or not await self.part.probe():
                    self._give_up_after(crashes + HOPELESS)
                    await asyncio.sleep(0.05)  # nobody tells when a port opens
        except TimeoutError:
            raise self._trouble(f"is not ready after {seconds:.0f} s") from None

    def _give_up_after(self, crashes: int) -> None:
        if self._crashes >= crashes:
            raise self._trouble("ends again and again")

    def _trouble(self, what: str) -> NotReadyError:
        words = last_lines(self.log)
        return NotReadyError(f"{self.part.name} {what}. Its log says:\n{words}")

    async def _spawn(self) -> None:
        rotate(self.log)
        environment = {**self._environment, **self.part.environment, **self.extra}
        self._process = await spawn(self.part.command, environment, self.log)
        self._changed(self.part.name, self._process.pid)

    async def _keep(self) -> None:
        delay = 0.0
        while self._process is not None:
            started = time.monotonic()
            code = await self._ended(self._process)
            self._changed(self.part.name, None)
            if self._asked_to_stop.is_set():
                return
            delay = self._died(code, delay, time.monotonic() - started)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._asked_to_stop.wait(), delay or 0.001)
            if self._asked_to_stop.is_set():
                return
            await self._spawn()

    async def _ended(self, process: asyncio.subprocess.Process) -> int:
        """Wait for the end; meanwhile the log must not grow for ever."""
        while True:
            with suppress(TimeoutError):
                return await asyncio.wait_for(process.wait(), LOG_SECONDS)
            rotate(self.log)

    def _died(self, code: int, delay: float, lived: float) -> float:
        """Count it, say it, and how long to wait now."""
        self.deaths += 1
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        self._say(f"{self.part.name} has ended ({how}); it is started again.")
        if code in KILLED:
            return 0.0
        self._crashes += 1
        return next_delay(delay, lived)


def next_delay(delay: float, lived: float) -> float:
    """Quick the first time, slower for what dies again and again."""
    if lived >= STEADY_SECONDS:
        return 0.0
    return min(max(delay * 2, FIRST_DELAY), LONGEST_DELAY)
