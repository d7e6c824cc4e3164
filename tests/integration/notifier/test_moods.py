"""The mail server's moods (T26): nobody is told twice, nobody is forgotten."""

import asyncio

import pytest

from shared.contracts.deliveries import NotificationFailed
from shared.contracts.vocabulary import Status
from tests.reporters import Reporter
from tests.waiting import until


def once(answer):
    """A mood that is had once: an answer, or something to do with the server."""
    left = [answer]

    async def mood(server, _recipient):
        if not left:
            return None
        had = left.pop()
        return had if isinstance(had, str) else await had(server)

    return mood


async def drop(server):
    """Take the mail and hang up before the answer."""
    server.transport.abort()
    return "250 OK"


async def hang(_server):
    """Longer than the sender's patience (2 s in these tests)."""
    await asyncio.sleep(4)
    return "451 too late"


async def closing(server):
    server.transport.close()
    return "421 closing"


@pytest.mark.parametrize("where", ["at_rcpt", "at_data"])
@pytest.mark.parametrize("answer", ["451 later", "450 busy", hang, closing])
async def test_what_may_work_later_is_tried_again(
    notifier, told, keys, server, deliveries, where, answer
):
    setattr(server, where, once(answer))
    ada = Reporter(keys)

    async with notifier():
        await told.contact(ada)
        await told.status(ada, Status.RECEIVED, Status.ASSIGNED)
        mails = await server.until(2)
        found = await until(lambda: done(deliveries, 2))

    assert [mail["X-Meldekette-Version"] for mail in mails] == ["1", "2"]
    assert {event.type for event in found} == {"notification.delivered.v1"}


async def done(deliveries, count):
    found = await deliveries()
    return found if len(found) >= count else None


async def test_a_connection_lost_after_the_data_gives_one_more_copy_of_the_same_mail(
    notifier, told, keys, server
):
    server.at_data = once(drop)
    ada = Reporter(keys)

    async with notifier():
        await told.contact(ada)
        await told.status(ada, Status.RECEIVED)
        first, second = await server.until(2)

    assert first.as_bytes() == second.as_bytes()


@pytest.mark.parametrize("where", ["at_rcpt", "at_data"])
async def test_a_refusal_is_final_and_said(
    notifier, told, keys, server, deliveries, where
):
    async def refuse(_server, recipient):
        return "550 no such user" if recipient == "ada@example.org" else None

    setattr(server, where, refuse)
    ada, bob = Reporter(keys), Reporter(keys, email="bob@example.org")

    async with notifier():
        for reporter in (ada, bob):
            await told.contact(reporter)
            await told.status(reporter, Status.RECEIVED, Status.ASSIGNED)
        mails = await server.until(2)
        found = await until(lambda: done(deliveries, 4))

    assert {mail["To"] for mail in mails} == {"bob@example.org"}
    refused = [event for event in found if isinstance(event, NotificationFailed)]
    assert [(e.report_id, e.version, e.reason) for e in refused] == [
        (ada.report_id, 1, "smtp.550"),
        (ada.report_id, 2, "smtp.550"),
    ]


async def test_one_slow_mail_does_not_hold_up_the_others(notifier, told, keys, server):
    async def slow(_server, recipient):
        if recipient == "slow@example.org":
            await server.until(20)

    server.at_data = slow
    others = [Reporter(keys, email=f"r{n}@example.org") for n in range(20)]

    async with notifier(mail_timeout=30):
        for reporter in (Reporter(keys, email="slow@example.org"), *others):
            await told.contact(reporter)
            await told.status(reporter, Status.RECEIVED)
        await server.until(21)

    assert server.recipients[-1] == "slow@example.org"


async def test_while_the_mail_server_is_away_mails_wait_and_it_is_said(
    notifier, told, keys, server, redis_url
):
    ada, bob = Reporter(keys), Reporter(keys, email="bob@example.org")
    await server.stop()

    async with notifier() as parts:
        await told.contact(ada)
        await told.status(ada, Status.RECEIVED)
        check = parts.checks["mail"]
        trouble = await until(check)
        await told.contact(bob)
        await told.status(bob, Status.RECEIVED)
        await server.start()
        mails = await server.until(2)
        assert parts.worker.alive

    assert "does not answer" in trouble
    assert {mail["To"] for mail in mails} == {"ada@example.org", "bob@example.org"}
    assert await check() is None


async def test_a_connection_that_the_server_has_closed_is_made_anew(
    notifier, told, keys, server
):
    ada = Reporter(keys)

    async with notifier(senders=1):
        await told.contact(ada)
        await told.status(ada, Status.RECEIVED)
        await server.until(1)
        await server.stop()
        await server.start()
        await told.status(ada, Status.ASSIGNED)
        await server.until(2, seconds=5)

    assert server.connections == 2


async def test_many_mails_go_over_few_connections(notifier, told, keys, server):
    async with notifier():
        for number in range(40):
            reporter = Reporter(keys, email=f"r{number}@example.org")
            await told.contact(reporter)
            await told.status(reporter, Status.RECEIVED)
        await server.until(40)

    assert server.connections <= 4
