"""What is written down of a running stack, for others and for the next start."""

import fcntl
import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from deploy.local.credentials import Credentials, write
from deploy.local.places import Places
from deploy.local.plan import Plan
from deploy.local.process import born, kill_group


class AlreadyRunningError(Exception):
    """Another supervisor holds this folder."""


class Lock:
    """Held as long as the supervisor lives; the system lets go of it when it dies."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._handle: int | None = None

    def take(self) -> None:
        """Become the only supervisor here. Raises AlreadyRunningError."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise AlreadyRunningError(
                f"A stack runs in {self._file.parent} already; `make down` stops it."
            ) from None
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        self._handle = handle

    def release(self) -> None:
        """Let another one in."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def supervisor(file: Path) -> int | None:
    """The number of the supervisor that holds the lock, if one does."""
    try:
        handle = os.open(file, os.O_RDWR)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return int(os.read(handle, 20) or b"0") or None
    finally:
        os.close(handle)
    return None


class Pids:
    """The processes of this stack, so that a later start finds what was left over."""

    def __init__(self, home: Places) -> None:
        self._file = home.home / "pids.json"
        self.running: dict[str, int] = {}

    def note(self, name: str, pid: int | None) -> None:
        """A process has begun or ended."""
        if pid is None:
            self.running.pop(name, None)
        else:
            self.running[name] = pid
        known = {name: [pid, born(pid)] for name, pid in self.running.items()}
        write(self._file, known)

    def end_orphans(self, patience: float = 5.0) -> list[str]:
        """End what an earlier supervisor could not end, for it was killed."""
        left = {
            name: pid for name, (pid, at) in self._noted() if at and born(pid) == at
        }
        for pid in left.values():
            kill_group(pid)
        until = time.monotonic() + patience
        while any(born(pid) for pid in left.values()) and time.monotonic() < until:
            time.sleep(0.02)  # nobody tells when another's child ends
        self._file.unlink(missing_ok=True)
        return list(left)

    def _noted(self) -> list[tuple[str, tuple[int, str]]]:
        try:
            return list(json.loads(self._file.read_text()).items())
        except (FileNotFoundError, ValueError):
            return []


def stack_record(
    plan: Plan, secrets: Credentials, processes: Mapping[str, int]
) -> dict[str, Any]:
    """What ``stack.json`` says."""
    return {
        "intake": plan.url("intake"),
        "desk": plan.url("desk"),
        "lagebild": None,
        "kafka": plan.kafka,
        "redis": plan.redis,
        "mail": str(plan.home.mail) if "smtp" in plan.names else None,
        "desk_tokens": secrets.desk_tokens,
        "open311_api_key": secrets.open311_api_key,
        "processes": dict(processes),
    }
