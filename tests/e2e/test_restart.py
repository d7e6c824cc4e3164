"""After a power cut everything comes back, and nothing accepted is lost."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fault.chain import chain_of, started

pytestmark = pytest.mark.timeout(240)

ROOT = Path(__file__).parents[2]


async def test_a_chain_whose_processes_were_all_killed_starts_again(tmp_path):
    stack = await started(tmp_path)
    chain = chain_of(stack)
    await chain.citizens.report(40)
    accepted = chain.citizens.accepted
    # As the kernel would: everything at once, before anything was finished.
    stack.crew.kill_all()
    await stack.stop()

    stack = await started(tmp_path)
    try:
        again = chain_of(stack)
        await again.citizens.report(5)
        await again.ledger.settled([*accepted, *again.citizens.accepted])
        await again.ledger.holds([*accepted, *again.citizens.accepted], kills=1)
    finally:
        await stack.stop()


def test_a_killed_supervisor_takes_its_children_along_and_starts_again(tmp_path):
    def up():
        return subprocess.Popen(
            [sys.executable, "-m", "deploy.local", "up", "--parts", "redis,smtp"],
            cwd=ROOT,
            env={**os.environ, "LOCAL_DIR": str(tmp_path)},
            stdout=subprocess.PIPE,
            text=True,
        )

    def ready(process):
        return any(line.startswith("Ready") for line in process.stdout)

    first = up()
    assert ready(first)
    first.send_signal(signal.SIGKILL)
    first.wait()
    first.stdout.close()
    second = up()
    assert ready(second)
    second.send_signal(signal.SIGTERM)
    assert second.wait(15) == 0
    second.stdout.close()
