"""What is read is worked, in order, once where nothing happens."""

import asyncio
from uuid import UUID

from shared.contracts.dead_letters import DEAD_LETTERS
from shared.contracts.event import event_id
from shared.contracts.replies import REPLIES
from shared.errors import DependencyAway
from shared.kafka.dead_letters import letters
from shared.kafka.topics import apply, differences
from tests.builders import a_reply
from tests.integration.reading.readers import SOON, worker_for
from tests.waiting import until


async def test_an_event_is_read_as_it_was_published(settings, publisher):
    seen = asyncio.Queue()
    reply = a_reply()

    await publisher.publish(REPLIES, reply)
    async with worker_for(settings, publisher, seen.put).running():
        assert await asyncio.wait_for(seen.get(), SOON) == reply


async def test_a_dependency_that_is_away_is_waited_for_and_makes_us_unready(
    settings, publisher
):
    back, seen = asyncio.Event(), asyncio.Queue()

    async def handle(event):
        if not back.is_set():
            raise DependencyAway("the database")
        await seen.put(event)

    reply = a_reply()
    await publisher.publish(REPLIES, reply)
    worker = worker_for(settings, publisher, handle)
    async with worker.running():
        await until(lambda: "waiting" in (worker.trouble or ""))
        back.set()
        assert await asyncio.wait_for(seen.get(), SOON) == reply
        assert worker.trouble is None
    assert await letters(settings) == []


async def test_events_of_a_report_are_worked_in_order(settings, publisher):
    seen: list[UUID] = []
    first = a_reply()
    replies = [first] + [a_reply(report_id=first.report_id) for _ in range(49)]
    done = asyncio.Event()

    async def handle(event):
        seen.append(event.event_id)
        if len(seen) == len(replies):
            done.set()

    for reply in replies:
        await publisher.publish(REPLIES, reply)
    async with worker_for(settings, publisher, handle).running():
        await asyncio.wait_for(done.wait(), SOON)

    assert seen == [reply.event_id for reply in replies]


async def test_what_was_worked_before_a_stop_does_not_come_again(settings, publisher):
    seen = asyncio.Queue()
    first, second = a_reply(), a_reply()

    await publisher.publish(REPLIES, first)
    async with worker_for(settings, publisher, seen.put).running():
        await asyncio.wait_for(seen.get(), SOON)
    await publisher.publish(REPLIES, second)
    async with worker_for(settings, publisher, seen.put).running():
        assert await asyncio.wait_for(seen.get(), SOON) == second


async def test_topics_are_as_the_list_says(broker):
    wanted = [REPLIES, DEAD_LETTERS]

    assert {d.found for d in await differences(wanted, broker)} == {None}
    await apply(wanted, broker)
    assert await differences(wanted, broker) == []


def test_ids_of_events_follow_from_their_cause():
    report_id = a_reply().report_id

    assert event_id(report_id, "t", 1) == event_id(report_id, "t", 1)
    assert event_id(report_id, "t", 1) != event_id(report_id, "t", 2)
