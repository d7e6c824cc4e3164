"""The broker hangs: an honest answer in time, and all is well again by itself (T08)."""

import asyncio
import signal
import time

import httpx
import pytest

from tests.fault.chain import size
from tests.fault.citizens import a_body
from tests.waiting import until

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(240)]


async def post(chain):
    """One report; how it was answered and after how many seconds."""
    async with httpx.AsyncClient(base_url=chain.citizens.intake, timeout=20) as client:
        began = time.monotonic()
        answer = await client.post("/api/v1/reports", json=a_body(1, None))
        return answer, time.monotonic() - began


async def test_a_frozen_broker_is_a_503_with_retry_after_within_3_seconds(chain):
    await chain.citizens.report(5)
    chain.stack.kill("kafka", signal.SIGSTOP)
    try:
        answers = [await post(chain) for _ in range(3)]
        answers += await asyncio.gather(*(post(chain) for _ in range(10)))
        async with httpx.AsyncClient(base_url=chain.citizens.intake) as client:
            ready = await client.get("/readyz", timeout=10)
            alive = await client.get("/healthz", timeout=10)
        await asyncio.sleep(size(2, 25))  # T08 holds it for half a minute
    finally:
        chain.stack.kill("kafka", signal.SIGCONT)

    for answer, seconds in answers:
        assert answer.status_code == 503
        assert answer.headers["content-type"].startswith("application/problem+json")
        assert int(answer.headers["Retry-After"]) > 0
        assert seconds < 3.2
    assert ready.status_code == 503
    assert alive.status_code == 200

    await until(
        lambda: accepted(chain), seconds=40, what="accepted again after the freeze"
    )
    await chain.citizens.report(20)
    await chain.ledger.settled(chain.citizens.accepted)
    await chain.ledger.holds(chain.citizens.accepted)


async def test_a_killed_broker_is_a_503_and_comes_back_by_itself(chain):
    await chain.citizens.report(5)
    await chain.stack.stop_part("kafka")
    answer, seconds = await post(chain)
    await chain.stack.start_part("kafka")

    assert answer.status_code == 503
    assert "Retry-After" in answer.headers
    assert seconds < 3.2
    await until(lambda: accepted(chain), seconds=40, what="accepted again")
    await chain.citizens.report(20)
    await chain.ledger.settled(chain.citizens.accepted)
    await chain.ledger.holds(chain.citizens.accepted)


async def accepted(chain):
    """Whether a report is taken now."""
    answer, _ = await post(chain)
    return answer.status_code == 201
