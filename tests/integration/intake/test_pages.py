"""The citizens' pages work without JavaScript, and lose nothing that was typed."""

import re

import pytest

from shared.contracts.content import MessageContent, ReportContent
from shared.contracts.replies import REPLIES
from shared.contracts.reports import REPORTS
from shared.contracts.status import STATUS, Message
from shared.contracts.vocabulary import Status
from shared.identity import read_tracking_code, report_id_of
from shared.kafka.publisher import open_publisher
from shared.sealing import Sealer
from tests.builders import NOON, a_status
from tests.integration.intake.process import tracked_at

CODE = re.compile(r"(?:[0-9A-Z]{4}-){5}[0-9A-Z]{4}")
TYPED = {
    "description": "Auf dem Spielplatz liegen Scherben.",
    "address": "Hirschlandplatz",
    "email": "",
    "service_code": "",
}


async def sent(client, **fields):
    # An empty file, as a browser sends it when none was chosen.
    files = {"photos": ("", b"", "application/octet-stream")}
    return await client.post("/", data={**TYPED, **fields}, files=files)


def code_on(page):
    found = CODE.search(page.text)
    assert found, page.text
    return found[0]


async def test_the_form_says_whom_to_call_and_names_every_field(client):
    page = await client.get("/")

    assert page.status_code == 200
    assert page.headers["content-language"] == "de"
    assert "112" in page.text
    assert "110" in page.text
    for field in ("description", "service_code", "address", "photos", "email"):
        assert f'<label for="{field}">' in page.text


async def test_the_page_is_english_for_who_asks_for_it(client):
    page = await client.get("/", headers={"Accept-Language": "fr, en;q=0.8, de;q=0.5"})

    assert '<html lang="en">' in page.text


async def test_a_form_becomes_a_report_and_the_receipt_shows_the_code(intake, client):
    page = await sent(client)

    assert page.status_code == 201
    code = code_on(page)
    assert f'href="/track#{code}"' in page.text
    report_id = str(report_id_of(read_tracking_code(code)))
    event = await intake.event(REPORTS, report_id)
    content = intake.opener.open(
        "router", event.content, event.report_id, ReportContent
    )
    assert content.description == TYPED["description"]


async def test_a_double_click_makes_one_report(client):
    first = await sent(client, token="the form's own token")
    second = await sent(client, token="the form's own token")

    assert code_on(first) == code_on(second)


async def test_a_wrong_form_comes_back_with_what_was_typed_and_says_where(client):
    page = await sent(client, description="xy", email="nobody@", address="Am <b>Markt")

    assert page.status_code == 422
    assert 'href="#description"' in page.text
    assert 'id="email-error"' in page.text
    assert 'value="nobody@"' in page.text
    assert "Am &lt;b&gt;Markt" in page.text


async def test_the_code_shows_where_the_report_stands(client):
    code = code_on(await sent(client))

    page = await client.post("/track", data={"tracking_code": code})

    assert page.status_code == 200
    assert "Eingegangen" in page.text
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "unsafe-inline" not in page.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("code", "status"), [("K7QM", 422), ("K7QM-2X9D-TTB4-0ZQW-8H3N-5VRC", 404)]
)
async def test_a_code_that_nobody_has_is_explained(client, code, status):
    page = await client.post("/track", data={"tracking_code": code})

    assert page.status_code == status
    assert f'value="{code}"' in page.text
    assert "Code" in page.text


async def test_a_question_is_shown_and_its_answer_reaches_the_desk(intake, client):
    code = code_on(await sent(client))
    report_id = report_id_of(read_tracking_code(code))
    sealer = Sealer(intake.directory / "public")
    words = MessageContent(report_id=report_id, text="Welche Rutsche genau?")
    question = a_status(
        report_id=report_id,
        version=2,
        status=Status.QUESTION,
        department="green",
        messages=(Message(version=2, at=NOON, content=sealer.seal("citizens", words)),),
    )
    async with open_publisher(intake.kafka, source="test") as publisher:
        await publisher.publish(STATUS, question)
    await tracked_at(client, code, 2)

    page = await client.post("/track", data={"tracking_code": code})
    answered = await client.post(
        "/track/replies",
        data={"tracking_code": code, "kind": "answer", "text": "Die rote."},
    )

    assert "Welche Rutsche genau?" in page.text
    assert "Grün und Gruga" in page.text
    assert answered.status_code == 200
    reply = await intake.event(REPLIES, str(report_id))
    said = intake.opener.open("desk", reply.content, report_id, MessageContent)
    assert said.text == "Die rote."
