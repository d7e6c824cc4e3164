"""What is wrong with the local stack is said, and nothing is left over."""

import asyncio
import os
import signal

import pytest

from deploy.local.process import born
from deploy.local.record import supervisor
from tests.integration.stack_process import StackProcess


@pytest.fixture
async def light(tmp_path):
    """`make up`, with Redis and the mail sink only."""
    process = StackProcess(tmp_path / "stack", ("redis", "smtp"))
    await process.start()
    yield process
    await process.end()


async def test_doctor_names_what_is_stale(light):
    record = (light.home / "stack.json").read_text()
    await light.command("down")
    (light.home / "stack.json").write_text(record)

    assert await light.command("doctor") == 1

    assert "stale" in light.said


async def test_doctor_names_who_does_not_answer(light):
    redis = light.info()["processes"]["redis"]
    os.kill(redis, signal.SIGSTOP)

    code = await light.command("doctor")

    os.kill(redis, signal.SIGCONT)
    assert code == 1
    assert f"✗ redis (process {redis}) is not ready" in light.said
    assert "✓ smtp is ready" in light.said


async def test_ctrl_c_while_it_starts_leaves_nothing_behind(tmp_path):
    stack = StackProcess(tmp_path / "stack", ("kafka", "redis"))
    starting = asyncio.create_task(stack.start())
    async with asyncio.timeout(60):
        while not (stack.home / "pids.json").exists():
            await asyncio.sleep(0.01)

    os.kill(stack.pid, signal.SIGINT)

    with pytest.raises(RuntimeError, match="Stopped before everything was up"):
        await starting
    assert await stack.ended() == 130
    assert supervisor(stack.home / "stack.lock") is None


async def test_a_second_ctrl_c_ends_everything_at_once(light):
    pids = light.info()["processes"].values()
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)

    os.kill(light.pid, signal.SIGINT)
    os.kill(light.pid, signal.SIGINT)

    async with asyncio.timeout(10):
        await light.ended()
    assert not any(born(pid) for pid in pids)
