"""``up`` stays in the foreground until it is asked to stop; ``down`` asks it to."""

import asyncio
import os
import shutil
import signal
import time
from collections.abc import Sequence
from contextlib import suppress

from deploy.local.places import Places, places
from deploy.local.record import supervisor
from deploy.local.stack import Stack

STOP_SECONDS = 20.0


async def up(parts: Sequence[str]) -> int:
    """Start, say where everything is, wait for SIGTERM or Ctrl-C, stop."""
    started = time.monotonic()
    stack = Stack(parts=parts, say=say)
    asked_to_stop = listen(stack)
    try:
        async with stack:
            say(f"Ready in {time.monotonic() - started:.1f} s. Ctrl-C stops.")
            tell(stack)
            await asked_to_stop.wait()
            say("Stopping; the data stays …")
    except asyncio.CancelledError:
        say("Stopped before everything was up.")
        return 130
    say("Stopped.")
    return 0


def listen(stack: Stack) -> asyncio.Event:
    """Set by SIGTERM and Ctrl-C; a second one ends everything at once."""
    asked = asyncio.Event()
    work = asyncio.current_task()

    def stop() -> None:
        if asked.is_set():
            say("At once, then.")
            stack.kill_all()
        elif work is not None and not stack.is_up:
            work.cancel()
        asked.set()

    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stop)
    return asked


def say(sentence: str) -> None:
    """Show what happens, at once."""
    print(sentence, flush=True)


def tell(stack: Stack) -> None:
    """Where a person finds what."""
    info = stack.info
    shown = {
        "Meldung / form": info["intake"],
        "Desk": info["desk"],
        "Mail": info["mail"],
        "Kafka": info["kafka"],
        "Logs": stack.places.logs,
        "Addresses and tokens": stack.places.record,
    }
    for name, value in shown.items():
        if value:
            say(f"  {name:<21} {value}")


def down(*, reset: bool) -> int:
    """Ask the supervisor to stop, and wait until it has."""
    home = places()
    pid = supervisor(home.lock)
    if pid is not None:
        end_supervisor(home, pid)
        say("Stopped.")
    else:
        say("Nothing was running.")
    if reset:
        forget(home)
        say("The data is forgotten.")
    return 0


def end_supervisor(home: Places, pid: int) -> None:
    """SIGTERM, then, when patience has run out, SIGKILL."""
    for sign, patience in ((signal.SIGTERM, STOP_SECONDS), (signal.SIGKILL, 5.0)):
        with suppress(ProcessLookupError):
            os.kill(pid, sign)
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if supervisor(home.lock) is None:
                return
            time.sleep(0.05)  # nobody tells when another's child ends


def forget(home: Places) -> None:
    """Data, mails, logs, keys and secrets go; ports and what set-up fetched stay."""
    for name in ("data", "mail", "log", "keys"):
        shutil.rmtree(home.home / name, ignore_errors=True)
    for name in ("credentials.json", "desk-tokens.json", "pids.json", "stack.json"):
        (home.home / name).unlink(missing_ok=True)
