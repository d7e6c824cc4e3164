"""Whoever dies, and when: nothing accepted is lost, nobody is told twice (T01–T09)."""

import asyncio
import signal

import pytest

from tests.fault.chain import FULL, size
from tests.waiting import until

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(600)]


async def accepted(chain, count):
    """Wait until so many reports have been accepted."""
    await until(
        lambda: len(chain.citizens.accepted) >= count,
        seconds=200,
        every=0.01,
        what=f"{count} accepted",
    )


async def killing(chain, names, *, times, count):
    """Kill one after the other while *count* reports come in, at even distances."""
    for number in range(times):
        await accepted(chain, count * (number + 1) // (times + 1))
        name = names[number % len(names)]
        chain.stack.kill(name)
        await chain.stack.ready(name)


async def test_nobody_dies(chain):
    await chain.citizens.report(size(150, 5000))

    await chain.ledger.settled(chain.citizens.accepted, seconds=size(60, 300))
    await chain.ledger.holds(chain.citizens.accepted)


async def test_the_routers_are_killed_in_turn(chain):
    count, kills = size(300, 5000), 6

    await asyncio.gather(
        chain.citizens.report(count),
        killing(chain, chain.routers, times=kills, count=count),
    )

    await chain.ledger.settled(chain.citizens.accepted, seconds=size(60, 300))
    await chain.ledger.holds(chain.citizens.accepted)


@pytest.mark.parametrize("name", ["intake", "desk", "notifier"])
async def test_a_service_is_killed_again_and_again(chain, name):
    count, kills = size(200, 2000), size(3, 10)

    await asyncio.gather(
        chain.citizens.report(count),
        killing(chain, [name], times=kills, count=count),
    )

    await chain.ledger.settled(chain.citizens.accepted, seconds=size(60, 300))
    await chain.ledger.holds(
        chain.citizens.accepted, kills=kills if name == "notifier" else 0
    )


async def test_the_broker_is_killed(chain):
    count, kills = size(200, 3000), size(1, 3)

    await asyncio.gather(
        chain.citizens.report(count),
        killing(chain, ["kafka"], times=kills, count=count),
    )

    await chain.ledger.settled(chain.citizens.accepted, seconds=size(90, 300))
    await chain.ledger.holds(chain.citizens.accepted)


@pytest.mark.skipif(not FULL, reason="only with FULL=1: it takes minutes")
async def test_everybody_is_killed_three_times_and_the_broker_once(chain):
    count = 2000
    names = ["router-1", "notifier", "desk", "intake"] * 3 + ["kafka"]

    await asyncio.gather(
        chain.citizens.report(count, rate=40),
        killing(chain, names, times=len(names), count=count),
    )

    await chain.ledger.settled(chain.citizens.accepted, seconds=300)
    await chain.ledger.holds(chain.citizens.accepted, kills=len(names))


async def test_a_router_that_was_thought_dead_comes_back(chain):
    count = size(200, 2500)
    zombie = chain.routers[0]

    async def freeze():
        for _ in range(size(1, 2)):
            chain.stack.kill(zombie, signal.SIGSTOP)
            await asyncio.sleep(16)  # longer than the session: this is the fault
            chain.stack.kill(zombie, signal.SIGCONT)
            await chain.stack.ready(zombie, timeout=30)

    await asyncio.gather(chain.citizens.report(count, rate=size(25, 100)), freeze())

    await chain.ledger.settled(chain.citizens.accepted, seconds=size(60, 120))
    await chain.ledger.holds(chain.citizens.accepted)
