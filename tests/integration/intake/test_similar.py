"""Is it known already? Asked before sending, answered from the public view."""

import asyncio
import html
import re
from itertools import count
from uuid import uuid4

import pytest

from shared.city.place import METRES_PER_DEGREE
from shared.contracts.content import ReportContent
from shared.contracts.replies import REPLIES
from shared.contracts.reports import REPORTS
from shared.contracts.status import STATUS
from shared.contracts.vocabulary import Lane, Status
from shared.kafka.publisher import open_publisher
from tests.builders import a_status
from tests.integration.intake.process import SOON
from tests.integration.intake.wrong_bodies import a_picture

LONG = 7.0131
TEXT = "Die Straßenlaterne ist dunkel."
_PLACES = count()


@pytest.fixture
def here():
    """A place of this test's own: no other report lies within its radius."""
    return {"lat": round(51.4360 + next(_PLACES) * 0.003, 5), "long": LONG}


@pytest.fixture
async def lamp(client, here):
    """A report that is known: a lamp at this place."""
    report = {"description": TEXT, "service_code": "street-light", **here}
    answer = await client.post("/api/v1/reports", json=report)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def similar(client, **said):
    body = {"description": "Hier ist es finster, eine Laterne geht nicht.", **said}
    answer = await client.post("/api/v1/reports/similar", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def north(here, metres):
    return {**here, "lat": here["lat"] + metres / METRES_PER_DEGREE}


async def hints(intake, report_id):
    """What the report's sealed content names."""
    event = await intake.event(REPORTS, report_id)
    content = intake.opener.open(
        "router", event.content, event.report_id, ReportContent
    )
    return [(str(each.report_id), each.score) for each in content.similar]


async def moved(intake, client, report_id, here, **given):
    """Wait until the view shows a later state of a report."""
    async with open_publisher(intake.kafka, source="test") as publisher:
        state = a_status(report_id=report_id, version=2, **given)
        await publisher.publish(STATUS, state)
    async with asyncio.timeout(SOON):
        while any(
            case["report_id"] == report_id and case["status"] != given["status"]
            for case in await similar(client, service_code="street-light", **here)
        ):
            await asyncio.sleep(0.05)


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
        {"status": Status.RECEIVED, "lane": Lane.CONFIDENTIAL},
    ],
    ids=["closed", "confidential"],
)
async def test_what_is_closed_or_turned_confidential_is_proposed_no_more(
    intake, client, lamp, here, given
):
    assert await similar(client, service_code="street-light", **here)

    await moved(intake, client, lamp["report_id"], here, **given)

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


async def sent(client, path="/", files=None, **fields):
    form = {"description": TEXT, "service_code": "street-light", **fields}
    if files is None:
        return await client.post(path, data=form)
    return await client.post(path, data=form, files=files)


def forms(page):
    """Each form of a page: where it goes, and what it sends."""
    found = []
    for action, inside in re.findall(
        r'<form method="post" action="([^"]+)">(.*?)</form>', page.text, re.DOTALL
    ):
        pairs = re.findall(r'name="([^"]+)" value="([^"]*)"', inside)
        found.append((action, {k: html.unescape(v) for k, v in pairs}))
    return found


async def test_the_form_asks_and_no_sends_all_that_was_typed(
    intake, client, lamp, here
):
    typed = {
        **here,
        "description": 'Der Mast "7" ist\r\ndunkel & <schief>.',
        "address": "Am Markt",
        "email": "anna@example.org",
        "token": uuid4().hex,
    }
    question = await sent(client, **typed)
    *_, (action, kept) = forms(question)
    receipt = await client.post(action, data=kept)
    again = await client.post(action, data=kept)

    assert question.status_code == 200
    assert "Ist es das?" in question.text
    assert "Straßenbeleuchtung" in question.text
    assert receipt.status_code == 201
    codes = [
        re.findall(r"(?:\w{4}-){5}\w{4}", page.text)[:1] for page in (receipt, again)
    ]
    assert codes[0] == codes[1]
    named = [
        event
        for event in await intake.events(REPORTS)
        if event.quarter and str(event.report_id) != lamp["report_id"]
    ]
    content = intake.opener.open(
        "router", named[-1].content, named[-1].report_id, ReportContent
    )
    assert content.description == typed["description"]
    assert content.address == "Am Markt"
    assert [str(each.report_id) for each in content.similar] == [lamp["report_id"]]


async def test_yes_reports_nothing_and_tells_the_clerk_and_the_citizen_the_truth(
    intake, client, lamp, here
):
    before = len(await intake.events(REPORTS))
    question = await sent(client, token=uuid4().hex, **here)
    (action, kept), *_ = forms(question)

    page = await client.post(action, data=kept)
    await client.post(action, data=kept)

    assert page.status_code == 200
    assert "Eingegangen" in page.text
    assert "keine" not in kept
    assert "können wir Ihnen nicht schicken" in page.text
    assert len(await intake.events(REPORTS)) == before
    replies = [
        event
        for event in await intake.events(REPLIES)
        if str(event.report_id) == lamp["report_id"]
    ]
    assert {reply.kind for reply in replies} == {"follow"}
    assert len({reply.event_id for reply in replies}) == 1


@pytest.mark.parametrize("report_id", ["", "no id", str(uuid4())])
async def test_nobody_follows_what_is_not_public(client, report_id):
    page = await client.post("/follow", data={"report_id": report_id})

    assert page.status_code == 404
    assert "nicht mehr öffentlich" in page.text


async def test_a_confidential_report_cannot_be_followed(client):
    body = {"description": "Bitte vertraulich.", "confidential": True}
    hidden = (await client.post("/api/v1/reports", json=body)).json()

    page = await client.post("/follow", data={"report_id": hidden["report_id"]})

    assert page.status_code == 404


async def test_a_photo_is_never_lost_to_a_question(client, lamp, here):
    files = {"photos": ("lamp.png", a_picture(), "image/png")}

    page = await sent(client, files=files, **here)

    assert page.status_code == 201


async def test_a_double_click_is_no_duplicate_of_itself(client, here):
    typed = {**here, "token": uuid4().hex}

    first = await sent(client, **typed)
    second = await sent(client, **typed)

    assert (first.status_code, second.status_code) == (201, 201)


async def test_the_question_is_english_for_who_asks_for_it(client, lamp, here):
    answer = await client.post(
        "/",
        data={"description": TEXT, "service_code": "street-light", **here},
        headers={"Accept-Language": "en"},
    )

    assert "Is it this?" in answer.text
    assert "Street light" in answer.text
