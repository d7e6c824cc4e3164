"""`python -m deploy.local up` as a process of its own, to be watched and killed."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from deploy.local.places import ROOT
from deploy.local.plan import REPLACEMENTS
from deploy.local.process import leash

SOON = 150


class StackProcess:
    """A stack in a folder, run as a person runs it."""

    def __init__(self, home: Path, parts: Sequence[str] = ()) -> None:
        self.home = home
        self.said = ""
        self._parts = ("--parts", ",".join(parts)) if parts else ()
        self._process: Process | None = None

    @property
    def pid(self) -> int:
        """The supervisor's number."""
        assert self._process is not None
        return self._process.pid

    async def start(self) -> None:
        """Returns when everything is ready; a stack that ends instead is an error."""
        await self.end()
        self._process = await self._run(*leash(), sys.executable, "up", *self._parts)
        assert self._process.stdout is not None
        async with asyncio.timeout(SOON):
            async for line in self._process.stdout:
                self.said += line.decode()
                if line.startswith(b"Ready in"):
                    return
        raise RuntimeError(self.said)

    def info(self) -> dict[str, Any]:
        """What ``stack.json`` says."""
        found: dict[str, Any] = json.loads((self.home / "stack.json").read_text())
        return found

    async def ended(self) -> int:
        """Wait until it has ended by itself; its exit code."""
        assert self._process is not None
        said, _ = await self._process.communicate()
        self.said += said.decode()
        return self._process.returncode or 0

    async def end(self) -> None:
        """Stop it, if it still runs."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGTERM)
            await self._process.communicate()

    async def command(self, *words: str) -> int:
        """Another command for the same folder; its exit code."""
        process = await self._run(sys.executable, *words)
        said, _ = await process.communicate()
        self.said += said.decode()
        return process.returncode or 0

    async def _run(self, *words: str) -> Process:
        at = words.index(sys.executable) + 1
        command = [*words[:at], "-m", "deploy.local", *words[at:]]
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in REPLACEMENTS.values()
        }
        environment = {**kept, "LOCAL_DIR": str(self.home)}
        return await asyncio.create_subprocess_exec(
            *command, cwd=ROOT, env=environment, stdout=PIPE, stderr=STDOUT
        )
