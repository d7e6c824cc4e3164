"""One process: started on a leash, its words in a log, ended for sure."""

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from deploy.local.places import ROOT

MAX_LOG_BYTES = 20_000_000


@cache
def leash() -> tuple[str, ...]:
    """A prefix that ends a process together with its supervisor, where there is one."""
    tool = shutil.which("setpriv")
    return (tool, "--pdeathsig", "KILL", "--") if tool else ()


async def spawn(
    command: Sequence[str], environment: Mapping[str, str], log: Path
) -> asyncio.subprocess.Process:
    """Start a process in a session of its own, so that Ctrl-C reaches only us."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as out:
        return await asyncio.create_subprocess_exec(
            *leash(),
            *command,
            cwd=ROOT,
            env=dict(environment),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=out,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )


class CommandFailedError(Exception):
    """One of the project's own commands has failed; says what it said."""


async def run_module(module: str, *arguments: str, environment: dict[str, str]) -> None:
    """Run a module of the project to its end. Raises CommandFailedError."""
    process = await asyncio.create_subprocess_exec(
        *leash(),
        *(sys.executable, "-m", module, *arguments),
        cwd=ROOT,
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    if process.returncode != 0:
        words = " ".join((module, *arguments))
        raise CommandFailedError(f"{words} failed:\n{said.decode(errors='replace')}")


async def end(process: asyncio.subprocess.Process, patience: float) -> None:
    """Ask to stop; after *patience* seconds do not ask."""
    if process.returncode is not None:
        return
    with suppress(ProcessLookupError):
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGCONT)
    try:
        await asyncio.wait_for(process.wait(), patience)
    except TimeoutError:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def born(pid: int) -> str:
    """When a process started, so that a reused number is not taken for it."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] in "ZX" else fields[19]


def kill_group(pid: int) -> None:
    """End a process that is nobody's child any more, and what it started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def rotate(log: Path, *, limit: int = MAX_LOG_BYTES) -> None:
    """Keep one older log when this one has grown; its writer appends on."""
    with suppress(FileNotFoundError):
        if log.stat().st_size > limit:
            shutil.copyfile(log, log.with_suffix(".log.1"))
            os.truncate(log, 0)


def last_lines(log: Path, count: int = 12) -> str:
    """The end of a log."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 8_000))
            text = file.read().decode(errors="replace")
    except FileNotFoundError:
        return ""
    return "\n".join(text.splitlines()[-count:])
