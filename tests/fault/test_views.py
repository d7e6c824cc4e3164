"""Redis dies, is emptied, is away: views come back and nothing is wrong (T14–T16)."""

import asyncio

import httpx
import pytest
from redis.asyncio import Redis

from deploy.local.process import run_module
from tests.fault.chain import size
from tests.fault.citizens import a_body
from tests.waiting import until

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]


async def track(chain, code):
    """What tracking answers."""
    async with httpx.AsyncClient(base_url=chain.citizens.intake, timeout=10) as client:
        return await client.post("/api/v1/tracking", json={"tracking_code": code})


async def worked(chain, accepted):
    """Take and finish these reports as their departments' clerks do."""
    mine = {str(one.report_id) for one in accepted}
    cases = [c for c in await chain.clerks.cases() if c["report_id"] in mine]
    gate = asyncio.Semaphore(8)

    async def finish(case):
        async with gate:
            name, report_id = case["department"], case["report_id"]
            await chain.clerks.move(name, report_id, "in_progress")
            await chain.clerks.move(name, report_id, "done", public_note="Erledigt.")

    await asyncio.gather(*(finish(case) for case in cases))


async def views(redis):
    """All that Redis holds, but for what only time makes."""
    found = {}
    async for key in redis.scan_iter(count=500):
        kind = (await redis.type(key)).decode()
        if key.startswith(b"idem:"):
            continue
        if kind == "hash":
            found[key] = await redis.hgetall(key)
        elif kind == "zset":
            found[key] = await redis.zrange(key, 0, -1, withscores=True)
        elif kind == "string":
            found[key] = await redis.get(key)
    return found


async def rebuild(chain):
    """``meldekette views rebuild``, as an operator gives it."""
    environment = {
        **chain.stack.crew.common,
        **{
            key: value
            for key, value in chain.stack.crew.environment("notifier").items()
            if key.endswith(("_DIR", "_URL", "_FROM"))
        },
    }
    await run_module("services.cli", "views", "rebuild", environment=environment)


async def test_redis_is_killed_while_clerks_work(chain):
    await chain.citizens.report(size(60, 700))
    accepted = chain.citizens.accepted
    await chain.ledger.settled(accepted)

    async def kill():
        for _ in range(2):
            await asyncio.sleep(0.5)  # somewhere in the middle of the work
            chain.stack.kill("redis")
            await chain.stack.ready("redis")

    await asyncio.gather(worked(chain, accepted), kill())

    await chain.ledger.settled(accepted, version=4)
    await chain.ledger.holds(accepted, kills=2)

    async def all_done():
        answers = [await track(chain, one.tracking_code) for one in accepted]
        return all(a.json().get("status") == "done" for a in answers)

    await until(all_done, what="every view shows the last status", seconds=20)


async def test_an_emptied_redis_is_rebuilt_to_the_same_views(chain):
    await chain.citizens.report(size(50, 3000))
    accepted = chain.citizens.accepted
    await chain.ledger.settled(accepted)
    await worked(chain, accepted[:20])
    await chain.ledger.settled(accepted[:20], version=4)
    async with Redis.from_url(chain.stack.info["redis"]) as redis:
        before = await views(redis)
        answer = (await track(chain, accepted[0].tracking_code)).json()
        await redis.flushall()
        lost = await track(chain, accepted[0].tracking_code)
        await rebuild(chain)
        after = await views(redis)

    before.pop(b"view:complete")
    public = [key for key in before if key.startswith((b"view:", b"contact:"))]
    assert len(public) >= 2 * len(accepted)
    assert {key: after.get(key) for key in public} == {k: before[k] for k in public}
    assert lost.status_code in {200, 503}, "never: unknown report"
    assert (await track(chain, accepted[0].tracking_code)).json() == answer
    await chain.ledger.settled(accepted)
    await chain.ledger.holds(accepted)


async def test_without_redis_reports_are_taken_and_tracking_says_so(chain):
    await chain.stack.stop_part("redis")
    try:
        async with httpx.AsyncClient(
            base_url=chain.citizens.intake, timeout=10
        ) as client:
            answer = await client.post(
                "/api/v1/reports", json=a_body(1, "redis@example.org")
            )
            code = answer.json()["tracking_code"]
            tracking = await track(chain, code)
            ready = await client.get("/readyz")
    finally:
        await chain.stack.start_part("redis")

    assert answer.status_code == 201
    assert tracking.status_code == 503
    assert ready.status_code == 503

    async def found():
        return (await track(chain, code)).status_code == 200

    await until(found, seconds=20, what="tracking after Redis came back")
