"""Which parts a stack has, where they listen and what they are told."""

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.local.places import ROOT, Places

HOST = "127.0.0.1"
BACKING = ("kafka", "redis", "smtp")
SERVICES = ("intake", "router", "desk", "notifier")
ALL = (*BACKING, *SERVICES)
REPLACEMENTS = {
    "kafka": "KAFKA_BOOTSTRAP_SERVERS",
    "redis": "REDIS_URL",
    "smtp": "SMTP_URL",
}


@dataclass(frozen=True)
class Plan:
    """The names and addresses of a stack, before anything runs."""

    home: Places
    names: tuple[str, ...]
    ports: Mapping[str, int]
    outside: Mapping[str, str]

    def url(self, name: str) -> str | None:
        """The HTTP address of a part of this stack."""
        return f"http://{HOST}:{self.ports[name]}" if name in self.names else None

    @property
    def kafka(self) -> str | None:
        """``host:port`` of the broker."""
        return self._address("kafka", f"{HOST}:{{}}")

    @property
    def redis(self) -> str | None:
        """Redis' URL."""
        return self._address("redis", f"redis://{HOST}:{{}}/0")

    @property
    def smtp(self) -> str | None:
        """The mail server's URL."""
        return self._address("smtp", f"smtp://{HOST}:{{}}")

    @property
    def database(self) -> str:
        """The desk's record: a file, unless told otherwise."""
        file = self.home.data / "desk.db"
        return self.outside.get("DATABASE_URL") or f"sqlite:///{file}"

    @property
    def pack(self) -> Path:
        """The folder that says what is true of the city."""
        chosen = self.outside.get("CITY_PACK") or "deploy/cities/essen"
        return ROOT / chosen

    @property
    def backing(self) -> tuple[str, ...]:
        """The parts of ours that the services lean on."""
        return tuple(name for name in self.names if name in BACKING)

    @property
    def services(self) -> tuple[str, ...]:
        """The services of ours, each process by its name."""
        return tuple(name for name in self.names if name not in BACKING)

    def _address(self, part: str, pattern: str) -> str | None:
        if part in self.names:
            return pattern.format(self.ports[part])
        return self.outside.get(REPLACEMENTS[part])


def names_of(
    parts: Sequence[str], outside: Mapping[str, str], routers: int
) -> tuple[str, ...]:
    """The processes to start: a part that lives outside is not ours."""
    names: list[str] = []
    for part in parts:
        if part not in ALL:
            raise ValueError(f"{part} is no part of a stack: {', '.join(ALL)}")
        if outside.get(REPLACEMENTS.get(part, "")):
            continue
        many = part == "router" and routers > 1
        names += [f"router-{i}" for i in range(1, routers + 1)] if many else [part]
    return tuple(names)


def ports_needed(names: Sequence[str]) -> list[str]:
    """Every process listens; Kafka's controller too."""
    return [*names, "controller"] if "kafka" in names else list(names)


def service_of(name: str) -> str:
    """``router-2`` is a router."""
    stem, _, number = name.rpartition("-")
    return stem if number.isdigit() else name


def common_environment(plan: Plan) -> dict[str, str]:
    """What every process is told; only what it needs comes on top."""
    told = {
        "CITY_PACK": str(plan.pack),
        "HTTP_HOST": HOST,
        "KAFKA_BOOTSTRAP_SERVERS": plan.kafka,
        "REDIS_URL": plan.redis,
        "PUBLIC_KEYS_DIR": str(plan.home.keys / "public"),
        "PYTHONUNBUFFERED": "1",
        # Fewer pools of freed memory: half the size of an idle process.
        "MALLOC_ARENA_MAX": "2",
    }
    return {name: value for name, value in told.items() if value}


def machine_environment() -> dict[str, str]:
    """
    The shell's own variables, without those that name our parts' secrets.

    Compiled modules are kept: without them each start costs twice the time.
    """
    ours = ("INTAKE_SECRET", "DESK_SECRET", "INSTANCE", "HTTP_PORT", "DATABASE_URL")
    left = {*ours, "PYTHONDONTWRITEBYTECODE"}
    return {name: value for name, value in os.environ.items() if name not in left}


def command_of(module: str, *arguments: str) -> tuple[str, ...]:
    """A module of the project, run by this Python."""
    return (sys.executable, "-m", module, *arguments)
