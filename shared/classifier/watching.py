"""Brings a model that was installed to readers that run."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import structlog

from shared.classifier.reader import Reader
from shared.classifier.storing import CARD, BrokenModel, load

log = structlog.get_logger()

Stamp = tuple[int, int, int]
"""What changes about a model's card whenever another model is installed."""


class ModelWatch:
    """
    Looks now and then whether another model lies in the folder.

    It is loaded beside the work and comes into force between two reports. One that
    cannot be used is said once and tried again; until then the old one stays.
    """

    def __init__(self, reader: Reader, folder: Path, *, seconds: float) -> None:
        self._reader = reader
        self._folder = folder
        self._seconds = seconds
        self._known: Stamp | None = None
        self._complaint = ""

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        """Watch while the block lasts."""
        task = asyncio.get_running_loop().create_task(self._watch())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _watch(self) -> None:
        while True:
            await self.look()
            await asyncio.sleep(self._seconds)

    async def look(self) -> None:
        """Take the folder's model, if it is another one."""
        stamp = _stamp(self._folder)
        if stamp is not None and stamp == self._known:
            return
        running = self._reader.model.version
        try:
            model = await asyncio.to_thread(load, self._folder)
        except BrokenModel as error:
            self._complain(str(error), running)
            return
        self._known, self._complaint = stamp, ""
        self._reader.model = model
        if model.version != running:
            log.info("model.changed", before=running, after=model.version)

    def _complain(self, reason: str, running: str) -> None:
        if reason != self._complaint:
            log.error("model.broken", reason=reason, running=running)
        self._complaint = reason


def _stamp(folder: Path) -> Stamp | None:
    try:
        found = (folder / CARD).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
