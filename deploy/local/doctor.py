"""``doctor`` says in words what is wrong; ``status`` says what runs."""

import json
import shutil
from collections.abc import AsyncIterator, Iterator
from typing import Any

from deploy.local.places import Places, places
from deploy.local.plan import ALL, HOST
from deploy.local.ports import is_free, remembered
from deploy.local.process import born, last_lines
from deploy.local.readiness import get, kafka_probe, line_probe
from deploy.local.record import supervisor
from deploy.local.steps import steps
from deploy.local.tools import MissingToolError, find_java, find_redis

ENOUGH_DISK = 1_000_000_000
Finding = tuple[bool, str]


async def doctor() -> int:
    """Look at everything; 1 when something is wrong."""
    home = places()
    findings = [*tools(), *disk(home), *ports(home)]
    findings += [finding async for finding in running(home)]
    for good, sentence in findings:
        print(f"{'✓' if good else '✗'} {sentence}")
    return 0 if all(good for good, _ in findings) else 1


def tools() -> Iterator[Finding]:
    """Is set-up done, are Java and Redis here?"""
    for step in steps():
        if not step.is_done():
            yield False, f"Not set up: {step.says}. Run `make setup`."
    for what, find in (("Java", find_java), ("Redis", find_redis)):
        try:
            found = find()
        except MissingToolError as error:
            yield False, str(error)
        else:
            yield True, f"{what}: {found if isinstance(found, str) else found[0]}"


def disk(home: Places) -> Iterator[Finding]:
    """Kafka stops itself when the disk is full."""
    home.home.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(home.home).free
    words = f"{free / 1e9:.1f} GB free in {home.home}"
    yield free >= ENOUGH_DISK, words if free >= ENOUGH_DISK else f"Only {words}."


def ports(home: Places) -> Iterator[Finding]:
    """Does somebody else sit on our ports?"""
    if supervisor(home.lock) is not None:
        return
    for name, port in remembered(home.home / "ports.json").items():
        if not is_free(port):
            yield (
                False,
                (
                    f"Port {port} of {name} is in use by another process;"
                    " the next start takes another port."
                ),
            )


async def running(home: Places) -> AsyncIterator[Finding]:
    """The supervisor, its record, each process and what it answers."""
    pid = supervisor(home.lock)
    info = read_record(home)
    if pid is None and info is None:
        yield True, "No stack is running; `make up` starts one."
        return
    if pid is None:
        yield False, f"{home.record} is stale: nothing runs. `make up` starts again."
        return
    if info is None:
        yield False, f"The supervisor (process {pid}) runs, but not all is up yet."
        for name in ALL:
            if words := last_lines(home.logs / f"{name}.log", 3):
                yield False, f"{name} says last:\n{words}"
        return
    yield True, f"The supervisor is process {pid}."
    missing = set(remembered(home.home / "ports.json")) - set(info["processes"])
    for name in sorted(missing - {"controller"} & set(ALL)):
        yield False, f"{name} does not run. {log_of(home, name)}"
    for name, number in info["processes"].items():
        yield await process(home, name, number)


async def process(home: Places, name: str, pid: int) -> Finding:
    """One process: does it live, does it answer, if not why?"""
    if not born(pid):
        return False, f"{name} (process {pid}) is dead. {log_of(home, name)}"
    trouble = await why_not_ready(home, name)
    if trouble:
        return False, f"{name} (process {pid}) is not ready: {trouble}"
    return True, f"{name} is ready (process {pid})"


async def why_not_ready(home: Places, name: str) -> str:
    """Nothing, when a part answers as it should."""
    port = remembered(home.home / "ports.json").get(name, 0)
    if name == "kafka":
        return "" if await kafka_probe(f"{HOST}:{port}")() else log_of(home, name)
    if name in ("redis", "smtp"):
        ask, answer = (b"PING\r\n", b"+PONG") if name == "redis" else (b"", b"220")
        ready = await line_probe(HOST, port, ask, answer)()
        return "" if ready else log_of(home, name)
    status, body = await get(HOST, port, "/readyz")
    if status == 200:
        return ""
    return body or f"nobody answers on port {port}. {log_of(home, name)}"


def log_of(home: Places, name: str) -> str:
    """The last words of a log."""
    log = home.logs / f"{name}.log"
    words = last_lines(log, 5)
    return f"Its log {log} ends with:\n{words}" if words else f"Its log {log} is empty."


def read_record(home: Places) -> dict[str, Any] | None:
    """``stack.json``, if there is one."""
    try:
        found: dict[str, Any] = json.loads(home.record.read_text())
    except (FileNotFoundError, ValueError):
        return None
    return found


async def status() -> int:
    """Each process in a line; 1 when no stack runs."""
    home = places()
    info = read_record(home)
    if supervisor(home.lock) is None or info is None:
        print("No stack is running; `make up` starts one.")
        return 1
    for name, pid in info["processes"].items():
        ready = "ready" if not await why_not_ready(home, name) else "not ready"
        port = remembered(home.home / "ports.json").get(name, "")
        print(f"{name:<12} process {pid:<8} port {port:<6} {ready}")
    return 0
