"""The outbox alone, on a real Redis: each version leaves it once, in order."""

from uuid import uuid4

import pytest
from redis.asyncio import Redis

from services.notifier.outbox import COMPLETE, Claim, Outbox
from services.notifier.rules import Notice
from shared.contracts.vocabulary import Channel, Status
from tests.builders import NOON, SEALED

REPORT = uuid4()


@pytest.fixture
async def redis(redis_url):
    async with Redis.from_url(redis_url) as redis:
        await redis.set(COMPLETE, 1)
        yield redis


@pytest.fixture
def outbox(redis):
    return Outbox(redis, instance="one", lease=60)


def a_notice(version):
    return Notice(version=version, status=Status.ASSIGNED, at=NOON)


async def keep(outbox, *versions, newest=None, fresh=True):
    version = newest or versions[-1]
    notices = [a_notice(v) for v in versions]
    return await outbox.enqueue(REPORT, notices, version=version, fresh=fresh)


async def drained(outbox):
    """The versions in the order in which they leave."""
    versions = []
    while isinstance(claim := await outbox.claim(), Claim):
        versions.append(claim.notice.version)
        await outbox.finish(claim, "delivered", {Channel.MAIL: "delivered"})
    return versions


async def test_versions_leave_in_order_and_once(outbox):
    await outbox.remember(REPORT, SEALED)
    await keep(outbox, 1, 2)
    await keep(outbox, 1, 2, 3)

    assert await drained(outbox) == [1, 2, 3]
    assert await keep(outbox, 1, 2, 3) == 0
    assert await drained(outbox) == []


async def test_a_missed_version_is_kept_but_not_one_that_was_seen(outbox):
    await outbox.remember(REPORT, SEALED)
    await keep(outbox, newest=2)  # nobody wanted to be told of 1 and 2

    await keep(outbox, 1, 2, 3, 4)

    assert await drained(outbox) == [3, 4]


async def test_a_version_that_comes_late_is_kept_if_it_is_fresh(outbox):
    await outbox.remember(REPORT, SEALED)
    await keep(outbox, 3)

    assert await keep(outbox, 2, fresh=False) == 0
    assert await keep(outbox, 2, fresh=True) == 1


async def test_nothing_leaves_before_the_contact_is_there(outbox):
    await keep(outbox, 1)
    before = await outbox.claim()
    await outbox.remember(REPORT, SEALED)

    assert before is None
    assert await drained(outbox) == [1]


async def test_a_report_is_in_one_hand_only(outbox, redis):
    other = Outbox(redis, instance="two", lease=60)
    await outbox.remember(REPORT, SEALED)
    await keep(outbox, 1, 2)

    first = await outbox.claim()
    second = await other.claim()

    assert isinstance(first, Claim)
    assert isinstance(second, float)
    assert 50 < second <= 60


async def test_what_a_dead_process_had_in_hand_is_due_after_its_lease(redis):
    dead = Outbox(redis, instance="dead", lease=0)
    await dead.remember(REPORT, SEALED)
    await keep(dead, 1)
    await dead.claim()

    other = Outbox(redis, instance="other", lease=60)

    assert await drained(other) == [1]


async def test_a_process_that_starts_again_has_its_own_back_at_once(redis, outbox):
    await outbox.remember(REPORT, SEALED)
    await keep(outbox, 1)
    await outbox.claim()

    assert await Outbox(redis, instance="one", lease=60).recover() == 1
    assert await drained(outbox) == [1]


async def test_a_postponed_notice_counts_its_tries_and_holds_up_the_next(outbox):
    await outbox.remember(REPORT, SEALED)
    await keep(outbox, 1, 2)

    for tries in range(3):
        claim = await outbox.claim()
        assert isinstance(claim, Claim)
        assert (claim.notice.version, claim.tries) == (1, tries)
        await outbox.postpone(claim, 0, counted=True)
    await outbox.postpone(claim, 30, counted=False)

    assert 20 < await outbox.claim() <= 30


async def test_marks_of_an_earlier_try_come_with_the_claim(outbox):
    await outbox.remember(REPORT, SEALED)
    await keep(outbox, 1)
    claim = await outbox.claim()
    await outbox.mark(claim, Channel.MAIL, "sent")
    await outbox.postpone(claim, 0, counted=False)

    again = await outbox.claim()

    assert again.marks == {Channel.MAIL: "sent"}


async def test_a_forgotten_reporter_leaves_nothing_that_is_due(outbox, redis):
    await outbox.remember(REPORT, SEALED)
    await keep(outbox, 1, 2)
    claim = await outbox.claim()

    await outbox.forget(REPORT)
    await outbox.postpone(claim, 0, counted=True)

    assert await outbox.claim() is None
    assert await redis.keys("notifier:notice:*") == []


async def test_an_outbox_that_was_emptied_gives_nothing_away(outbox, redis):
    await outbox.remember(REPORT, SEALED)
    await keep(outbox, 1)
    await redis.delete(COMPLETE)

    assert await outbox.claim() is None
