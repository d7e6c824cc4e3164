"""The public view follows `status`, never steps back, and can be thrown away."""

import asyncio
from uuid import UUID, uuid4

import pytest
from redis.asyncio import Redis

from services.intake.view import COMPLETE, View, rebuild
from shared.contracts.status import STATUS, Place, Step
from shared.contracts.vocabulary import Lane, Status
from shared.identity import new_tracking_code, report_id_of
from shared.kafka.publisher import open_publisher
from shared.kafka.topics import apply
from tests.builders import NOON, a_status
from tests.integration.intake.process import SOON, tracked_at

RATHAUS = Place(lat=51.4583, long=7.0158)


@pytest.fixture
async def publisher(intake):
    async with open_publisher(intake.kafka, source="test") as publisher:
        yield publisher


@pytest.fixture
async def redis(redis_url):
    async with Redis.from_url(redis_url) as redis:
        yield redis


@pytest.fixture
async def view(redis):
    return View(redis)


async def everything(redis):
    """The whole view as it lies in Redis."""
    keys = sorted([key async for key in redis.scan_iter("view:????????-*")])
    states = {key: await redis.hgetall(key) for key in keys}
    by_place = await redis.zrange("view:places", 0, -1, withscores=True)
    return states, await redis.zrange("view:public", 0, -1), by_place


async def listed(client, **query):
    answer = await client.get("/api/v1/reports", params={"limit": 1000, **query})
    return {case["report_id"]: case for case in answer.json()}


async def test_an_older_state_changes_nothing(view):
    newer = a_status(version=3, status=Status.DONE)
    older = a_status(report_id=newer.report_id, version=2, status=Status.ASSIGNED)

    assert await view.put(newer)
    assert not await view.put(older)

    assert (await view.get(newer.report_id)).version == 3


async def test_the_list_by_place_follows_the_newest_state(view):
    lamp = a_status(service_code="street-light", place=RATHAUS)
    green = {"report_id": lamp.report_id, "service_code": "green", "place": RATHAUS}

    async def near():
        found = await view.near(RATHAUS.lat, RATHAUS.long, 40)
        return [placed.service_code for placed in found]

    seen = []
    for state in (
        lamp,
        a_status(version=2, **green),
        a_status(version=3, **{**green, "place": Place(lat=51.40, long=7.0)}),
        a_status(version=4, **green),
        a_status(version=5, status=Status.DONE, **green),
    ):
        await view.put(state)
        seen.append(await near())

    assert seen == [["street-light"], ["green"], [], ["green"], []]


async def test_a_flushed_view_is_rebuilt_from_kafka_as_it_was(broker, redis):
    await apply([STATUS], broker)
    reports = [uuid4() for _ in range(30)]
    lamp = {"service_code": "street-light", "place": RATHAUS}
    async with open_publisher(broker, source="test") as publisher:
        for version, status in enumerate((Status.RECEIVED, Status.DONE), start=1):
            for report_id in reports[: 30 if version == 1 else 15]:
                state = a_status(
                    report_id=report_id, version=version, status=status, **lamp
                )
                await publisher.publish(STATUS, state)
    assert await rebuild(redis, broker) == 45
    before = await everything(redis)

    await redis.flushdb()
    await rebuild(redis, broker)

    assert await everything(redis) == before
    assert (len(before[1]), len(before[2])) == (30, 15)


async def test_intake_itself_repairs_a_lost_view(intake, client, publisher):
    code = new_tracking_code()
    state = a_status(report_id=report_id_of(code), version=4, status=Status.DONE)
    await publisher.publish(STATUS, state)
    await tracked_at(client, code, 4)

    async with Redis.from_url(intake.redis_url) as redis:
        await redis.flushdb()
        answer = await client.post("/api/v1/tracking", json={"tracking_code": code})
        assert answer.status_code in {200, 503}
        async with asyncio.timeout(SOON):
            while not await redis.exists(COMPLETE):
                await asyncio.sleep(0.05)

    assert (await tracked_at(client, code, 4))["status"] == "done"


async def test_a_report_that_turns_confidential_leaves_the_list_and_stays_received(
    client, publisher
):
    code = new_tracking_code()
    report_id = report_id_of(code)
    public = a_status(report_id=report_id, place=RATHAUS, service_code="dirt")
    await publisher.publish(STATUS, public)
    await tracked_at(client, code, 1)
    assert str(report_id) in await listed(client)

    hidden = a_status(report_id=report_id, version=2, lane=Lane.CONFIDENTIAL)
    await publisher.publish(STATUS, hidden)
    async with asyncio.timeout(SOON):
        while str(report_id) in await listed(client):
            await asyncio.sleep(0.05)

    tracking = await tracked_at(client, code, 1)
    assert (tracking["version"], tracking["status"]) == (1, "received")
    assert "department" not in tracking


async def test_the_list_is_filtered_and_read_page_by_page(client, publisher):
    codes = [new_tracking_code() for _ in range(7)]
    for code in codes:
        state = a_status(
            report_id=report_id_of(code),
            service_code="graffiti",
            place=RATHAUS,
            history=(Step(version=1, status=Status.RECEIVED, at=NOON),),
        )
        await publisher.publish(STATUS, state)
    for code in codes:
        await tracked_at(client, code, 1)

    around = await listed(client, service_code="graffiti", bbox="7.01,51.45,7.02,51.46")
    elsewhere = await listed(client, service_code="graffiti", bbox="6.9,51.3,6.95,51.4")
    done = await listed(client, service_code="graffiti", status="done")
    seen, address = [], "/api/v1/reports?service_code=graffiti&limit=3"
    while address:
        page = await client.get(address)
        seen += [case["report_id"] for case in page.json()]
        address = page.links.get("next", {}).get("url")

    wanted = {str(report_id_of(code)) for code in codes}
    assert set(around) == wanted
    assert (elsewhere, done) == ({}, {})
    assert sorted(seen) == sorted(wanted)
    assert not {"description", "address"} & set(around[seen[0]])


async def test_a_report_in_work_is_known_although_its_key_was_forgotten(
    intake, client, publisher
):
    key = {"Idempotency-Key": str(uuid4())}
    lamp = {"description": "Die Laterne ist dunkel."}
    first = (await client.post("/api/v1/reports", json=lamp, headers=key)).json()
    assigned = a_status(
        report_id=UUID(first["report_id"]), version=2, status=Status.ASSIGNED
    )
    await publisher.publish(STATUS, assigned)
    await tracked_at(client, first["tracking_code"], 2)
    async with Redis.from_url(intake.redis_url) as redis:
        await redis.delete(*[name async for name in redis.scan_iter("idem:*")])

    again = await client.post("/api/v1/reports", json=lamp, headers=key)

    assert again.json() == first
    states = [
        s
        for s in await intake.events(STATUS)
        if s.report_id == UUID(first["report_id"])
    ]
    assert sorted(state.version for state in states) == [1, 2]
