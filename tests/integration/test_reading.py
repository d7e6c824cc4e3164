"""The guarded loop on a real broker: nothing is lost, whatever a message does."""

import asyncio
from uuid import UUID

import pytest

from shared.contracts.dead_letters import DEAD_LETTERS
from shared.contracts.event import event_id
from shared.contracts.replies import REPLIES
from shared.errors import DependencyAway
from shared.kafka.dead_letters import AlreadyRetried, Repair, letters, retry_letter
from shared.kafka.publisher import TooLarge, open_publisher
from shared.kafka.reading import FLOOD
from shared.kafka.topics import apply, differences
from shared.kafka.worker import Worker
from tests.builders import a_reply
from tests.waiting import until

SOON = 30


@pytest.fixture
async def settings(broker):
    await apply([REPLIES, DEAD_LETTERS], broker)
    return broker


@pytest.fixture
async def publisher(settings):
    async with open_publisher(settings, source="test") as publisher:
        yield publisher


def worker_for(settings, publisher, handle):
    worker = Worker("reader", settings)
    worker.subscribe([REPLIES], handle, publisher=publisher)
    return worker


async def letters_when(settings, count):
    """The dead letters, once there are *count* of them."""

    async def enough():
        found = await letters(settings)
        return found if len(found) >= count else None

    return await until(enough, seconds=SOON)


async def test_an_event_is_read_as_it_was_published(settings, publisher):
    seen = asyncio.Queue()
    reply = a_reply()

    await publisher.publish(REPLIES, reply)
    async with worker_for(settings, publisher, seen.put).running():
        assert await asyncio.wait_for(seen.get(), SOON) == reply


async def test_unreadable_messages_are_buried_with_a_reason_and_the_rest_is_worked(
    settings, publisher
):
    seen = asyncio.Queue()
    good = [a_reply() for _ in range(20)]
    key = str(good[0].report_id).encode()
    poison = {
        b"{ not json": "json.invalid",
        b'{"type": "reply.received.v9"}': "schema.violated",
        good[0].model_dump_json().replace("reply.received.v1", "x.y.v2").encode(): (
            "type.unknown"
        ),
        b'{"content": "' + b"x" * 900_000 + b'"}': "schema.violated",
        b"\x00": "json.invalid",
    }

    for reply in good[:10]:
        await publisher.publish(REPLIES, reply)
    for value in poison:
        await publisher.send("replies", b"poison", value, ())
    await publisher.send("replies", None, good[0].model_dump_json().encode(), ())
    await publisher.send("replies", key, None, ())
    for reply in good[10:]:
        await publisher.publish(REPLIES, reply)
    async with worker_for(settings, publisher, seen.put).running():
        worked = {(await asyncio.wait_for(seen.get(), SOON)).event_id for _ in good}
        found = await letters_when(settings, len(poison) + 2)

    assert worked == {reply.event_id for reply in good}
    reasons = sorted(letter.dead.reason.split(":")[0] for letter in found)
    expected = [*poison.values(), "key.mismatch", "value.missing"]
    # The first poisoned message parks the later ones of its key.
    assert len(reasons) == len(expected)
    assert set(reasons) <= {*expected, "parked"}
    assert all("xxxx" not in letter.dead.reason for letter in found)
    assert {letter.dead.value for letter in found} >= set(poison)


async def test_a_handler_that_fails_three_times_buries_the_message_and_parks_its_key(
    settings, publisher
):
    bad, good = a_reply(), a_reply()
    tries, seen = [], asyncio.Queue()

    async def handle(event):
        if event.report_id == bad.report_id:
            tries.append(event.event_id)
            raise ValueError("a bug")
        await seen.put(event)

    for reply in (bad, later := a_reply(report_id=bad.report_id), good):
        await publisher.publish(REPLIES, reply)
    async with worker_for(settings, publisher, handle).running():
        assert await asyncio.wait_for(seen.get(), SOON) == good
        found = await letters_when(settings, 2)

    assert tries == [bad.event_id] * 3
    assert [letter.dead.reason.split(":")[0] for letter in found] == [
        "handler.failed",
        "parked",
    ]
    assert later.model_dump_json().encode() == found[1].dead.value


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


async def test_when_too_many_die_in_a_row_the_reader_stops_and_says_so(
    settings, publisher
):
    for number in range(FLOOD + 5):
        await publisher.send("replies", f"{number}".encode(), b"garbage", ())
    worker = worker_for(settings, publisher, asyncio.Queue().put)
    async with worker.running():
        await until(lambda: "too many" in (worker.trouble or ""))
        found = await letters(settings)

    assert len(found) == FLOOD


async def test_an_answer_that_is_too_large_buries_its_cause(settings, publisher):
    async def handle(_event):
        await publisher.send("replies", b"k", b"x" * 2_000_000, ())

    await publisher.publish(REPLIES, a_reply())
    async with worker_for(settings, publisher, handle).running():
        [letter] = await letters_when(settings, 1)

    assert letter.dead.reason == f"handler.failed: {TooLarge.__name__}"


async def test_a_letter_is_sent_again_once_and_then_worked(settings, publisher):
    seen = asyncio.Queue()
    reply = a_reply()
    key = str(reply.report_id).encode()
    await publisher.send("replies", key, b"broken", (("ce_type", b"x"),))
    async with worker_for(settings, publisher, seen.put).running():
        [letter] = await letters_when(settings, 1)

        await retry_letter(publisher, letter, Repair(reply.model_dump_json().encode()))
        assert await asyncio.wait_for(seen.get(), SOON) == reply
        [letter] = await letters(settings)
        with pytest.raises(AlreadyRetried):
            await retry_letter(publisher, letter)

    assert seen.empty()


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
