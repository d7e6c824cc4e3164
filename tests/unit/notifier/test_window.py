"""One at a time is between its sending and its mark."""

import asyncio

from services.notifier import window
from services.notifier.window import Window


async def test_one_at_a_time():
    door, inside, most = Window(), 0, 0

    async def go():
        nonlocal inside, most
        async with door.entered():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(go() for _ in range(20)))

    assert most == 1


async def test_who_stays_too_long_is_excused():
    door, leave = Window(), asyncio.Event()
    entered = asyncio.Event()

    async def stay():
        async with door.entered():
            entered.set()
            await leave.wait()

    async def pass_by():
        async with door.entered():
            await asyncio.sleep(0)

    slow = asyncio.create_task(stay())
    await entered.wait()
    async with asyncio.timeout(window.PATIENCE + 2):
        await asyncio.gather(*(pass_by() for _ in range(20)))
    leave.set()
    await slow
