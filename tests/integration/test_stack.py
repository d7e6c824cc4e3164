"""The local stack on its real parts: it survives, it stops, it forgets when asked."""

import asyncio
import json
import os
import signal
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from redis.asyncio import Redis

from deploy.local.process import born
from deploy.local.record import supervisor
from deploy.local.stack import Stack
from tests.integration.stack_process import StackProcess

BACKING = ("kafka", "redis", "smtp")


@pytest.fixture
async def up(tmp_path):
    """`make up`, with what the services lean on."""
    process = StackProcess(tmp_path / "stack", BACKING)
    await process.start()
    yield process
    await process.end()


@pytest.fixture
async def light(tmp_path):
    """The same without Kafka, where it does not matter."""
    process = StackProcess(tmp_path / "stack", ("redis", "smtp"))
    await process.start()
    yield process
    await process.end()


async def write(info, count):
    """Write to Kafka and Redis, as durably as the services do."""
    topic = f"kept-{uuid4().hex[:6]}"
    admin = AIOKafkaAdminClient(bootstrap_servers=info["kafka"])
    await admin.start()
    await admin.create_topics([NewTopic(topic, 3, 1)])
    await admin.close()
    producer = AIOKafkaProducer(
        bootstrap_servers=info["kafka"], acks="all", enable_idempotence=True
    )
    async with producer, Redis.from_url(info["redis"]) as redis:
        for number in range(count):
            await producer.send_and_wait(topic, str(number).encode())
            await redis.set(f"{topic}:{number}", number)
    return topic


async def read(info, topic, count):
    """What is still there: in Kafka, in Redis."""
    consumer = AIOKafkaConsumer(
        topic, bootstrap_servers=info["kafka"], auto_offset_reset="earliest"
    )
    async with consumer, asyncio.timeout(20), Redis.from_url(info["redis"]) as redis:
        kept = {int((await consumer.getone()).value) for _ in range(count)}
        return kept, len(await redis.keys(f"{topic}:*"))


async def test_nothing_accepted_is_lost_when_everything_is_killed_at_once(up):
    topic = await write(up.info(), 200)
    before = up.info()

    for pid in (*before["processes"].values(), up.pid):
        os.kill(pid, signal.SIGKILL)
    await up.start()

    assert up.info()["kafka"] == before["kafka"]
    assert await read(up.info(), topic, 200) == (set(range(200)), 200)


async def test_children_end_when_only_the_supervisor_is_killed(light):
    pids = light.info()["processes"].values()

    os.kill(light.pid, signal.SIGKILL)
    await light.start()

    assert not any(born(pid) for pid in pids)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_stops_all_within_15_seconds_and_keeps_the_data(up, sign):
    info = up.info()
    topic = await write(info, 20)

    os.kill(up.pid, sign)
    async with asyncio.timeout(15):
        code = await up.ended()

    assert code == 0
    assert not any(born(pid) for pid in info["processes"].values())
    assert not (up.home / "stack.json").exists()
    await up.start()
    assert await read(up.info(), topic, 20) == (set(range(20)), 20)


async def test_what_is_killed_comes_back_and_the_record_says_so(light):
    before = light.info()

    os.kill(before["processes"]["redis"], signal.SIGKILL)

    async with asyncio.timeout(10):
        while light.info()["processes"].get("redis") in (
            None,
            before["processes"]["redis"],
        ):
            await asyncio.sleep(0.02)
    assert {**light.info(), "processes": None} == {**before, "processes": None}
    assert await light.command("doctor") == 0


async def test_a_second_stack_in_the_same_folder_is_refused(light):
    second = StackProcess(light.home, BACKING)

    with pytest.raises(RuntimeError, match=r"runs in .* already"):
        await second.start()


async def test_down_stops_and_reset_forgets(light):
    light.info()

    assert await light.command("down", "--reset") == 0

    assert supervisor(light.home / "stack.lock") is None
    assert not (light.home / "data").exists()
    assert await light.command("status") == 1


async def test_two_stacks_run_side_by_side(light, tmp_path):
    async with Stack(tmp_path / "other", parts=["redis"], outside={}) as other:
        mine, theirs = json.loads((light.home / "ports.json").read_text()), other.info

        assert str(mine["redis"]) not in theirs["redis"]


async def test_a_part_can_be_stopped_started_and_restarted_with_other_settings(
    tmp_path,
):
    async with Stack(tmp_path / "one", parts=["redis", "smtp"], outside={}) as stack:
        await stack.stop_part("redis")
        assert "redis" not in stack.info["processes"]

        await stack.start_part("redis")
        await stack.restart("smtp", env={"FAILPOINTS": "x=/nowhere"})

        assert stack.crew.environment("smtp")["FAILPOINTS"] == "x=/nowhere"
        assert set(stack.info["processes"]) == {"redis", "smtp"}
