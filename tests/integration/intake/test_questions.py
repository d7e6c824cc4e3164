"""Answers to the questions of a service, and what a report of danger is told."""

import pytest

from shared.contracts.content import ReportContent
from shared.contracts.reports import REPORTS
from tests.integration.intake.test_pages import sent

DUMPED = {"description": "Drei Säcke Müll am Container.", "lat": 51.45, "long": 7.01}
GAS = {"description": "Im Treppenhaus riecht es stark nach Gas!"}
BEATEN = {
    "description": "Bitte helfen Sie der Familie im zweiten Stock.",
    "service_code": "violence-at-home",
}


async def posted(client, report, **given):
    return await client.post("/api/v1/reports", json={**report, **given})


async def test_answers_travel_with_the_report(intake, client):
    answers = {"amount": "car", "hazards": "glass,medical"}

    answer = await posted(
        client, DUMPED, service_code="illegal-dumping", attributes=answers
    )

    assert answer.status_code == 201, answer.text
    event = await intake.event(REPORTS, answer.json()["report_id"])
    content = intake.opener.open(
        "router", event.content, event.report_id, ReportContent
    )
    assert content.attributes == answers


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"amount": "heaps"}, "attributes.amount"),
        ({"hazards": "glass,gold"}, "attributes.hazards"),
    ],
)
async def test_an_answer_that_does_not_fit_is_named(client, answers, field):
    answer = await posted(
        client, DUMPED, service_code="illegal-dumping", attributes=answers
    )

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_who_chose_no_service_may_add_what_they_like(client):
    answer = await posted(client, DUMPED, attributes={"asset": "A 12"})

    assert answer.status_code == 201


async def test_a_link_with_a_service_shows_its_questions(client):
    page = await client.get("/?service_code=illegal-dumping")
    other = await client.get("/?service_code=dragons")

    assert "Wie viel ist es?" in page.text
    assert 'name="attributes.hazards.glass"' in page.text
    assert "attributes." not in other.text


async def test_a_form_with_answers_becomes_a_report_with_them(intake, client):
    page = await sent(
        client,
        service_code="illegal-dumping",
        questions_of="illegal-dumping",
        **{"attributes.amount": "bag", "attributes.hazards.glass": "glass"},
    )

    assert page.status_code == 201
    events = await intake.events(REPORTS)
    contents = [
        intake.opener.open("router", e.content, e.report_id, ReportContent)
        for e in events
        if e.service_code == "illegal-dumping"
    ]
    assert {"amount": "bag", "hazards": "glass"} in [c.attributes for c in contents]


async def test_a_wrong_answer_comes_back_beside_its_question(client):
    page = await sent(
        client,
        service_code="pests",
        questions_of="pests",
        **{"attributes.animal": "rat", "attributes.count": "<viele>"},
    )

    assert page.status_code == 422
    assert 'href="#attributes.count"' in page.text
    assert 'id="attributes.count-error"' in page.text
    assert 'value="&lt;viele&gt;"' in page.text
    assert '<option value="rat" selected>' in page.text


async def test_in_danger_the_answer_says_what_to_do_and_whom_to_call(client):
    answer = (await posted(client, GAS)).json()

    assert "Kein Licht schalten" in answer["emergency"]["text"]
    assert [n["number"] for n in answer["emergency"]["numbers"]] == ["112"]
    assert answer["emergency_numbers"]


async def test_a_need_behind_a_door_is_told_in_the_reporters_language(client):
    answer = (await posted(client, BEATEN, contact={"language": "tr"})).json()

    assert "110'u arayın" in answer["emergency"]["text"]
    assert {n["number"] for n in answer["emergency"]["numbers"]} == {"110", "116 016"}


async def test_an_ordinary_report_is_told_nothing_of_the_kind(client):
    answer = (await posted(client, DUMPED)).json()

    assert "emergency" not in answer
    assert "emergency_numbers" not in answer


@pytest.mark.parametrize(
    ("wanted", "language", "says"),
    [
        ("", "de", "Kein Licht schalten"),
        ("fr", "de", "Kein Licht schalten"),
        ("en", "en", "Do not switch lights"),
        ("ar, de;q=0.5", "ar", "لا تشغّل الضوء"),
    ],
)
async def test_the_receipt_says_it_in_the_language_of_the_browser(
    client, wanted, language, says
):
    form = {**GAS, "address": "", "email": "", "service_code": ""}

    page = await client.post("/", data=form, headers={"Accept-Language": wanted})

    assert page.status_code == 201
    assert says in page.text
    assert f'<div lang="{language}"' in page.text
    assert ('dir="rtl"' in page.text) is (language == "ar")
    assert 'href="tel:112"' in page.text
