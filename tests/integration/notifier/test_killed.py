"""The notifier is killed: one mail per version all the same (T04, T05, T25)."""

import asyncio
import os
import random
import socket
from collections import Counter

import httpx
import pytest

from shared.contracts.vocabulary import Status
from tests.integration.notifier.processes import process_of
from tests.reporters import Reporter
from tests.waiting import until

FULL = os.environ.get("FULL") == "1"


@pytest.fixture
def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@pytest.fixture
async def process(settings, free_port):
    async with process_of(settings, free_port) as process:
        yield process


async def tell(told, reporters, *states):
    """Contacts and states of many reporters, several at a time."""
    gate = asyncio.Semaphore(50)

    async def one(reporter):
        async with gate:
            await told.contact(reporter)
            await told.status(reporter, *states)

    await asyncio.gather(*map(one, reporters))


async def says_yes(port, probe):
    async with httpx.AsyncClient(timeout=5) as client:
        try:
            answer = await client.get(f"http://127.0.0.1:{port}/{probe}")
        except httpx.HTTPError:
            return False
    return answer.status_code == 200


async def ready(port):
    return await says_yes(port, "readyz")


async def test_a_kill_between_250_and_the_mark_costs_one_copy_of_the_same_mail(
    process, told, keys, server, tmp_path, deliveries
):
    file = tmp_path / "failpoint"
    file.touch()
    ada = Reporter(keys)

    await process.start(FAILPOINTS=f"notifier.after-smtp-250={file}")
    await tell(told, [ada], Status.RECEIVED, Status.ASSIGNED)
    assert await process.ended() == 137
    await process.start()
    mails = await server.until(3)
    found = await until(lambda: at_least(deliveries, 2))

    assert [mail["X-Meldekette-Version"] for mail in mails] == ["1", "1", "2"]
    assert mails[0].as_bytes() == mails[1].as_bytes()
    assert len({event.event_id for event in found}) == len(found) == 2


async def at_least(deliveries, count):
    found = await deliveries()
    return found if len(found) >= count else None


@pytest.mark.timeout(600)
async def test_kills_at_random_cost_at_most_as_many_copies(process, told, keys, server):
    kills, count = (10, 1000) if FULL else (3, 150)
    rate = random.Random(4)
    reporters = [Reporter(keys, email=f"r{n}@example.org") for n in range(count)]

    async def slowly(_server, _recipient):
        await asyncio.sleep(0.02)

    server.at_data = slowly
    await process.start()
    await tell(told, reporters, Status.RECEIVED)
    for kill in range(1, kills + 1):
        await server.until(count * kill // (kills + 2))
        await asyncio.sleep(rate.random() * 0.05)
        await process.kill()
        await process.start()
    await until(lambda: everybody(server, count), seconds=60)
    await process.stop()

    copies = Counter(mail["Message-ID"] for mail in server.mails)
    assert len(copies) == count
    assert sum(copies.values()) - count <= kills
    assert {mail["X-Meldekette-Version"] for mail in server.mails} == {"1"}


def everybody(server, count):
    return len({mail["Message-ID"] for mail in server.mails}) == count


@pytest.mark.timeout(900)
async def test_a_backlog_drains_in_little_memory_and_the_probes_stay_fresh(
    process, told, keys, server
):
    count = 20_000 if FULL else 1_000
    reporters = [Reporter(keys, email=f"r{n}@example.org") for n in range(count)]
    await process.start()
    await until(lambda: ready(process.port))
    await process.stop()
    await tell(told, reporters, Status.RECEIVED)
    probes, most = [], 0.0

    await process.start()
    await until(lambda: ready(process.port))
    while len(server.mails) < count:
        probes.append(await says_yes(process.port, "healthz"))
        most = max(most, process.megabytes)
        await asyncio.sleep(0.5)

    assert all(probes)
    assert most < 256


async def test_an_idle_notifier_is_small_and_stops_when_asked(process):
    await process.start()
    await until(lambda: ready(process.port))

    assert process.megabytes < 120
    assert await asyncio.wait_for(process.stop(), 15) == 0
