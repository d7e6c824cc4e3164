"""Asked to stop, each service finishes what it has, in time (T50)."""

import asyncio
import time

import pytest

from tests.fault.chain import size

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]


async def test_services_are_restarted_in_order_under_load(chain):
    seconds: dict[str, float] = {}

    async def roll():
        for name in ("intake", "router-1", "desk", "notifier", "router-2"):
            began = time.monotonic()
            await chain.stack.stop_part(name)
            seconds[name] = time.monotonic() - began
            await chain.stack.start_part(name)

    await asyncio.gather(
        chain.citizens.report(size(200, 2000), rate=size(25, 60)), roll()
    )

    assert max(seconds.values()) < 15, seconds
    await chain.ledger.settled(chain.citizens.accepted)
    await chain.ledger.holds(chain.citizens.accepted)
