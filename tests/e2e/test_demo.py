"""Does the demonstration play on a real stack, and leave when it is asked to?"""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest
import pytest_asyncio

from deploy.local.stack import Stack
from tests.unit.demo.test_tables import table

ROOT = Path(__file__).parents[2]
PATIENCE = 150


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stack(tmp_path_factory):
    async with Stack(tmp_path_factory.mktemp("stage"), outside={}) as running:
        yield running


async def demo(directory: Path, *words: str) -> asyncio.subprocess.Process:
    """The command, on the stack in *directory*."""
    outside = ("KAFKA_BOOTSTRAP_SERVERS", "REDIS_URL", "DATABASE_URL", "SMTP_URL")
    kept = {name: value for name, value in os.environ.items() if name not in outside}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "deploy.demo",
        *words,
        cwd=ROOT,
        env={**kept, "LOCAL_DIR": str(directory)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


async def said(process: asyncio.subprocess.Process) -> str:
    output, _ = await asyncio.wait_for(process.communicate(), PATIENCE)
    return output.decode()


@pytest.mark.timeout(200)
async def test_the_written_reports_all_arrive_on_a_running_stack(stack):
    process = await demo(stack.places.home, "--exit", "--count", "16", "--rate", "8")

    output = await said(process)

    assert process.returncode == 0, output
    assert "received 16, cases 16, mails" in output
    assert "everything arrived." in output
    assert f"{stack.info['intake']}/track#" in output
    assert stack.is_up


@pytest.mark.timeout(200)
async def test_a_foreign_file_arrives_too(stack, tmp_path):
    file = table(tmp_path, "?", *(f"Sperrmüll {number}" for number in range(9)))

    process = await demo(stack.places.home, "--exit", "--reports", str(file))

    output = await said(process)
    assert process.returncode == 0, output
    assert "received 10, cases 10, mails" in output


@pytest.mark.timeout(200)
async def test_it_stays_until_ctrl_c_and_stops_what_it_started(tmp_path):
    process = await demo(tmp_path, "--count", "3")
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE):
        while b"Ctrl-C stops everything" not in (
            line := await process.stdout.readline()
        ):
            assert line, "it ended before it was asked to"

    process.send_signal(signal.SIGINT)

    await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 0
    assert not (tmp_path / "stack.json").exists()
