"""Real parts for tests: the local stack's own, started once for a run."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from deploy.local.places import ROOT
from deploy.local.process import leash


@contextmanager
def local_parts(directory: Path, *parts: str) -> Iterator[dict[str, Any]]:
    """These parts of a local stack, under a supervisor of their own."""
    outside = ("KAFKA_BOOTSTRAP_SERVERS", "REDIS_URL", "SMTP_URL")
    kept = {name: value for name, value in os.environ.items() if name not in outside}
    process = subprocess.Popen(
        [
            *leash(),
            *(sys.executable, "-m", "deploy.local", "up", "--parts", ",".join(parts)),
        ],
        cwd=ROOT,
        env={**kept, "LOCAL_DIR": str(directory)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with process:
        try:
            yield wait_until_ready(process, directory)
        finally:
            process.terminate()
            process.communicate(timeout=20)


def wait_until_ready(
    process: "subprocess.Popen[str]", directory: Path
) -> dict[str, Any]:
    """What ``stack.json`` says; a stack that does not come up is an error."""
    said = []
    for line in process.stdout or ():
        said.append(line)
        if line.startswith("Ready in"):
            info: dict[str, Any] = json.loads((directory / "stack.json").read_text())
            return info
    raise RuntimeError(f"No {directory.name} for the tests:\n{''.join(said)}")
