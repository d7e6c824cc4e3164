"""Free ports that stay the same from one start to the next."""

import hashlib
import json
import socket
from collections.abc import Iterable, Iterator
from pathlib import Path

# Below 32768, where no system hands out ports for outgoing connections:
# a broker that restarts must find its port free.
LOWEST, HIGHEST = 12_000, 31_999


def is_free(port: int) -> bool:
    """Whether a server could listen here now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def choose(names: Iterable[str], memory: Path) -> dict[str, int]:
    """
    A port for each name, remembered in *memory*.

    A remembered port that somebody else has taken is replaced. Where to begin to
    search follows from the folder, so that two checkouts seldom meet.
    """
    known = remembered(memory)
    candidates = search(memory)
    ports: dict[str, int] = {}
    for name in names:
        port = known.get(name, 0)
        while not (LOWEST <= port <= HIGHEST and is_free(port)) or port in taken(
            known, ports, name
        ):
            port = next(candidates)
        ports[name] = port
    memory.parent.mkdir(parents=True, exist_ok=True)
    memory.write_text(json.dumps({**known, **ports}, indent=1))
    return ports


def taken(known: dict[str, int], ports: dict[str, int], name: str) -> set[int]:
    """What other names of this stack have."""
    others = {other: port for other, port in known.items() if other != name}
    return {*others.values(), *ports.values()}


def remembered(memory: Path) -> dict[str, int]:
    """The ports of the last start."""
    try:
        known: dict[str, int] = json.loads(memory.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return known


def search(memory: Path) -> Iterator[int]:
    """Every port once, beginning where this folder's name points."""
    size = HIGHEST - LOWEST + 1
    digest = hashlib.sha256(str(memory.resolve()).encode()).digest()
    start = int.from_bytes(digest[:4], "big")
    return iter(LOWEST + (start + step) % size for step in range(size))
