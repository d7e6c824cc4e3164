"""What cannot be worked is buried with a reason, and comes again once."""

import asyncio

import pytest

from shared.contracts.replies import REPLIES
from shared.kafka.dead_letters import AlreadyRetried, Repair, letters, retry_letter
from shared.kafka.publisher import TooLarge
from shared.kafka.reading import FLOOD
from tests.builders import a_reply
from tests.integration.reading.readers import SOON, letters_when, worker_for
from tests.waiting import until

POISON = {
    b"{ not json": "json.invalid",
    b"\x00": "json.invalid",
    b'{"type": "reply.received.v1"}': "schema.violated",
    b'{"type": "reply.received.v1", "content": "' + b"x" * 900_000 + b'"}': (
        "schema.violated"
    ),
    a_reply().model_dump_json().replace("reply.received.v1", "x.y.v2").encode(): (
        "type.unknown"
    ),
}
"""Bytes that nobody can read, and the code of the reason."""


async def test_unreadable_messages_are_buried_with_a_reason_and_the_rest_is_worked(
    settings, publisher
):
    seen = asyncio.Queue()
    good = [a_reply() for _ in range(20)]

    for reply in good[:10]:
        await publisher.publish(REPLIES, reply)
    for number, value in enumerate(POISON):
        await publisher.send("replies", f"poison-{number}".encode(), value, ())
    await publisher.send("replies", None, good[0].model_dump_json().encode(), ())
    await publisher.send("replies", str(good[0].report_id).encode(), None, ())
    for reply in good[10:]:
        await publisher.publish(REPLIES, reply)
    async with worker_for(settings, publisher, seen.put).running():
        worked = {(await asyncio.wait_for(seen.get(), SOON)).event_id for _ in good}
        found = await letters_when(settings, len(POISON) + 2)

    assert worked == {reply.event_id for reply in good}
    reasons = sorted(letter.dead.reason.split(":")[0] for letter in found)
    assert reasons == sorted([*POISON.values(), "key.mismatch", "value.missing"])
    assert {letter.dead.value for letter in found} >= set(POISON)
    assert all("xxxx" not in letter.dead.reason for letter in found)


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
