"""The form asks: is it this? It works without JavaScript and loses nothing."""

import html
import re
from uuid import uuid4

import pytest

from shared.contracts.content import ReportContent
from shared.contracts.replies import REPLIES
from shared.contracts.reports import REPORTS
from shared.identity import read_tracking_code, report_id_of
from tests.integration.intake.known import TEXT
from tests.integration.intake.wrong_bodies import a_picture

CODE = re.compile(r"(?:[0-9A-Z]{4}-){5}[0-9A-Z]{4}")


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


TYPED = {
    "description": 'Der Mast "7" ist\r\ndunkel & <schief>.',
    "address": "Am Markt",
    "email": "anna@example.org",
    "questions_of": "street-light",
    "attributes.lamp_number": "4711",
}


async def test_the_form_asks_and_no_sends_all_that_was_typed(
    intake, client, lamp, here
):
    typed = {**here, **TYPED, "token": uuid4().hex}
    question = await sent(client, **typed)
    *_, (action, kept) = forms(question)
    receipt = await client.post(action, data=kept)
    repeated = await client.post(action, data=kept)

    assert question.status_code == 200
    assert "Ist es das?" in question.text
    assert "Straßenbeleuchtung" in question.text
    assert receipt.status_code == 201
    code, again = (CODE.findall(page.text)[0] for page in (receipt, repeated))
    assert code == again
    report_id = str(report_id_of(read_tracking_code(code)))
    event = await intake.event(REPORTS, report_id)
    content = intake.opener.open(
        "router", event.content, event.report_id, ReportContent
    )
    assert content.description == typed["description"]
    assert content.address == "Am Markt"
    assert content.attributes == {"lamp_number": "4711"}
    assert [str(each.report_id) for each in content.similar] == [lamp["report_id"]]


async def test_a_form_that_comes_back_remembers_the_answer(client, lamp, here):
    page = await sent(client, similar="no", email="nobody@", **here)

    assert page.status_code == 422
    assert 'name="similar" value="no"' in page.text


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
