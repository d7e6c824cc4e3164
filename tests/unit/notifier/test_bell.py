"""One ring wakes one sleeper, and none is lost."""

import asyncio

from services.notifier.bell import Bell


async def asleep(bell, count):
    """Sleepers that have lain down."""
    sleepers = [asyncio.create_task(bell.sleep(5)) for _ in range(count)]
    await asyncio.sleep(0)
    return sleepers


def awake(sleepers):
    return sum(sleeper.done() for sleeper in sleepers)


async def test_a_ring_wakes_one():
    bell = Bell()
    sleepers = await asleep(bell, 3)

    bell.ring()
    await asyncio.wait(sleepers, return_when=asyncio.FIRST_COMPLETED)

    assert awake(sleepers) == 1
    bell.ring_all()
    await asyncio.gather(*sleepers)


async def test_a_ring_that_nobody_hears_keeps_the_next_one_up():
    bell = Bell()

    bell.ring()

    async with asyncio.timeout(1):
        await bell.sleep(60)


async def test_who_has_slept_long_enough_is_not_rung_for_again():
    bell = Bell()
    await bell.sleep(0.01)
    [other] = await asleep(bell, 1)

    bell.ring()

    async with asyncio.timeout(1):
        await other
