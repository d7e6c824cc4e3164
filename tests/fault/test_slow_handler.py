"""A slow message is in work when the process is killed: it comes again (T22)."""

import asyncio
import os
import sys
from pathlib import Path

from shared.contracts.dead_letters import DEAD_LETTERS
from shared.contracts.replies import REPLIES
from shared.kafka.publisher import open_publisher
from shared.kafka.topics import apply
from shared.kafka.watchdog import STUCK
from tests.builders import a_reply

ROOT = Path(__file__).parents[2]


async def test_a_message_in_work_is_not_lost_by_a_kill(broker):
    await apply([REPLIES, DEAD_LETTERS], broker)
    reply = a_reply()
    others = [a_reply() for _ in range(20)]
    async with open_publisher(broker, source="test") as publisher:
        for event in (reply, *others):
            await publisher.publish(REPLIES, event)

    first = await reading(broker, slow=reply.report_id)
    await seen(first, {f"begun {reply.report_id}"})
    first.kill()
    await first.wait()
    second = await reading(broker, slow="nobody")
    wanted = {f"done {reply.report_id}"}
    await seen(second, wanted)
    second.kill()
    await second.wait()


async def test_a_reader_that_sleeps_although_there_is_work_ends_itself(broker):
    await apply([REPLIES, DEAD_LETTERS], broker)
    async with open_publisher(broker, source="test") as publisher:
        await publisher.publish(REPLIES, a_reply())

    process = await reading(broker, slow="nobody", STALL="1")

    assert await asyncio.wait_for(process.wait(), 60) == STUCK


async def reading(broker, *, slow, **more):
    """A process of its own that reads, slowly for one report."""
    environment = {
        **os.environ,
        "KAFKA_BOOTSTRAP_SERVERS": broker.kafka_bootstrap_servers,
        "TOPIC_PREFIX": broker.topic_prefix,
        "INSTANCE": "slow-1",
        "SLOW": str(slow),
        **more,
    }
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.fault.slow_reader"),
        env=environment,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )


async def seen(process, wanted):
    """Wait until the process has said all of these lines."""
    missing = set(wanted)
    async with asyncio.timeout(60):
        while missing:
            line = (await process.stdout.readline()).decode().strip()
            assert line or process.returncode is None, "the reader ended"
            missing.discard(line)
