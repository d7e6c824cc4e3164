"""What the chain occupies while nobody reports anything."""

from deploy.local.stack import Stack
from tests.bench.memory import resident

MOST_TOGETHER, MOST_OF_A_SERVICE = 900, 120
"""Megabytes (10^6 bytes), resident."""

SERVICES = ("intake", "router", "desk", "notifier")


async def test_an_idle_chain_fits_on_a_small_machine(tmp_path):
    async with Stack(tmp_path, outside={}) as stack:
        sizes = resident(stack.info["processes"])

    assert sum(sizes.values()) < MOST_TOGETHER
    assert {
        n: s for n, s in sizes.items() if n in SERVICES and s >= MOST_OF_A_SERVICE
    } == {}
