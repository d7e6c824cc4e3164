"""Redis is emptied: what was told stays told."""

import asyncio

import pytest
from redis.asyncio import Redis

from services.notifier.rebuild import rebuild
from shared.contracts.vocabulary import Status
from tests.reporters import Reporter
from tests.waiting import until


@pytest.fixture
async def redis(settings):
    async with Redis.from_url(settings.redis_url) as redis:
        yield redis


async def settled(redis):
    """Nothing is due any more."""
    await until(lambda: idle(redis), what="an empty outbox")


async def idle(redis):
    complete = await redis.exists("notifier:complete")
    return complete and not await redis.exists("notifier:due")


async def everything(redis):
    """All that Redis holds."""
    return {key: await plain(redis, key) async for key in redis.scan_iter()}


async def test_an_emptied_redis_is_filled_again_and_nobody_is_told_twice(
    notifier, told, keys, server, settings, redis
):
    reporters = [Reporter(keys, email=f"r{n}@example.org") for n in range(10)]
    gone = Reporter(keys, email="gone@example.org")

    async with notifier():
        for reporter in (*reporters, gone):
            await told.contact(reporter)
            await told.status(reporter, Status.RECEIVED, Status.ASSIGNED)
        await server.until(22)
        await told.forget(gone)
        await until(lambda: forgotten(redis, gone))
        await settled(redis)
        before = await everything(redis)
        await redis.flushdb()
        counts = await rebuild(redis, settings)
        await settled(redis)
        after = await everything(redis)
        await told.status(reporters[0], Status.DONE)
        mails = await server.until(23)

    assert counts == {"contacts": 11, "deliveries": 22, "status": 22}
    assert len(mails) == 23
    told_of_gone = f"notifier:told:{gone.report_id}".encode()
    waiting = f":{gone.report_id}".encode()
    assert {k: v for k, v in before.items() if k != told_of_gone} == {
        k: v for k, v in after.items() if waiting not in k
    }


async def forgotten(redis, reporter):
    return not await redis.exists(f"contact:{reporter.report_id}")


async def test_a_notifier_that_finds_redis_empty_fills_it_and_tells_what_is_missing(
    notifier, told, keys, server, redis
):
    ada, bob = Reporter(keys), Reporter(keys, email="bob@example.org")
    async with notifier():
        await told.contact(ada)
        await told.status(ada, Status.RECEIVED)
        await server.until(1)
        await settled(redis)
    await redis.flushdb()
    await told.contact(bob)
    await told.status(bob, Status.RECEIVED)
    await told.status(ada, Status.ASSIGNED)

    async with notifier():
        mails = await server.until(3)
        await settled(redis)

    versions = [(mail["To"], mail["X-Meldekette-Version"]) for mail in mails]
    assert sorted(versions[1:]) == [("ada@example.org", "2"), ("bob@example.org", "1")]


async def test_while_redis_is_empty_nothing_is_sent_and_it_is_said(
    notifier, told, keys, server, settings, redis
):
    ada = Reporter(keys)

    async with notifier() as parts:
        await until(lambda: redis.exists("notifier:complete"))
        await redis.flushdb()
        await told.contact(ada)
        await told.status(ada, Status.RECEIVED)
        await until(lambda: redis.exists("notifier:due"))
        trouble = await parts.checks["redis"]()
        sent_before = len(server.mails)
        await rebuild(redis, settings)
        await server.until(1)

    assert "views rebuild" in trouble
    assert sent_before == 0


async def test_two_rebuilds_at_once_are_one(settings, redis, told, keys):
    await told.contact(Reporter(keys))

    counts = await asyncio.gather(rebuild(redis, settings), rebuild(redis, settings))

    assert {"contacts": 1, "deliveries": 0, "status": 0} in counts
    assert await redis.exists("notifier:complete")
    assert not await redis.exists("notifier:rebuilding")


async def test_nothing_in_redis_names_a_reporter(notifier, told, keys, server, redis):
    ada = Reporter(keys, email="canary-mail@example.org")
    async with notifier():
        await told.contact(ada)
        await told.status(ada, Status.RECEIVED)
        await told.status(ada, Status.QUESTION, words="canary-words")
        await server.until(2)
        server.at_rcpt = _busy
        await told.status(ada, Status.DONE, words="canary-words")
        await until(lambda: redis.exists(f"notifier:notice:{ada.report_id}:3"))
        kept = str(await dump(redis))

    assert "canary" not in kept
    assert ada.code not in kept


async def _busy(_server, _recipient):
    return "450 busy"


async def dump(redis):
    return [
        (key, await redis.dump(key), await plain(redis, key))
        async for key in redis.scan_iter()
    ]


async def plain(redis, key):
    kind = await redis.type(key)
    if kind == b"zset":
        return await redis.zrange(key, 0, -1)
    if kind == b"set":
        return await redis.smembers(key)
    return await (redis.hgetall(key) if kind == b"hash" else redis.get(key))
