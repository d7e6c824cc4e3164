"""Is it known already? Asked before sending, answered from the public view."""

import asyncio
from uuid import uuid4

import pytest

from shared.city.place import METRES_PER_DEGREE, rounded
from shared.contracts.status import STATUS, Place
from shared.contracts.vocabulary import Lane, Status
from shared.kafka.publisher import open_publisher
from tests.builders import a_status
from tests.integration.intake.known import LONG, TEXT, hints
from tests.integration.intake.process import SOON


async def similar(client, **said):
    body = {"description": "Hier ist es finster, eine Laterne geht nicht.", **said}
    answer = await client.post("/api/v1/reports/similar", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def north(here, metres):
    return {**here, "lat": here["lat"] + metres / METRES_PER_DEGREE}


async def moved(intake, report_id, **given):
    """A department, or the router, says more of a report."""
    state = a_status(report_id=report_id, version=2, **given)
    async with open_publisher(intake.kafka, source="test") as publisher:
        await publisher.publish(STATUS, state)


async def test_what_is_known_is_named_with_what_everybody_may_see(client, lamp, here):
    [found] = await similar(client, service_code="street-light", **north(here, 20))

    assert found["report_id"] == lamp["report_id"]
    assert (found["service_code"], found["status"]) == ("street-light", "received")
    assert found["quarter"]
    assert found["metres"] <= 30
    assert 0.3 <= found["score"] <= 1
    assert set(found) == {
        "report_id",
        "service_code",
        "status",
        "received_at",
        "metres",
        "score",
        "quarter",
    }


async def test_the_words_alone_say_what_it_is_about(client, lamp, here):
    [found] = await similar(client, description=TEXT, **here)

    assert found["report_id"] == lamp["report_id"]


async def test_other_places_other_services_and_dangers_find_nothing(client, lamp, here):
    assert await similar(client, service_code="street-light", **north(here, 150)) == []
    assert await similar(client, service_code="green", **here) == []
    assert await similar(client, description="Es brennt im Keller!", **here) == []
    assert (
        await similar(client, description="Der Vater schlägt sein Kind.", **here) == []
    )


async def test_at_most_five_are_named_the_best_first(client, here):
    report = {"description": TEXT, "service_code": "street-light"}
    for metres in range(0, 70, 10):
        body = {**report, **north(here, metres)}
        assert (await client.post("/api/v1/reports", json=body)).status_code == 201

    found = await similar(client, service_code="street-light", **here)

    assert len(found) == 5
    scores = [each["score"] for each in found]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"lat": None}, {"lat"}),
        ({"description": "xy"}, {"description"}),
        ({"service_code": "dragons"}, {"service_code"}),
        ({"lat": 50.94, "long": 6.96}, {"lat", "long"}),
        ({"contact": {}}, {"contact"}),
    ],
)
async def test_what_is_wrong_is_named_by_its_field(client, wrong, fields):
    body = {"description": TEXT, "lat": 51.4508, "long": LONG, **wrong}

    answer = await client.post("/api/v1/reports/similar", json=body)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert {error["field"] for error in answer.json()["errors"]} == fields


@pytest.mark.parametrize(
    "given",
    [
        {"status": Status.DONE, "service_code": "street-light"},
        {"lane": Lane.CONFIDENTIAL},
    ],
    ids=["closed", "confidential"],
)
async def test_what_is_closed_or_turned_confidential_is_proposed_no_more(
    intake, client, lamp, here, given
):
    lat, long = rounded(here["lat"], here["long"])
    assert await similar(client, service_code="street-light", **here)

    place = None if "lane" in given else Place(lat=lat, long=long)
    await moved(intake, lamp["report_id"], place=place, **given)

    async with asyncio.timeout(SOON):
        while await similar(client, service_code="street-light", **here):
            await asyncio.sleep(0.05)


async def test_an_accepted_report_names_the_likeliest_for_the_clerk(
    intake, client, lamp, here
):
    key = {"Idempotency-Key": str(uuid4())}
    body = {"description": "Immer noch dunkel", "service_code": "street-light", **here}
    second = await client.post("/api/v1/reports", json=body, headers=key)

    assert await hints(intake, lamp["report_id"]) == []
    [(report_id, score)] = await hints(intake, second.json()["report_id"])
    assert (report_id, score) == (lamp["report_id"], 1.0)
