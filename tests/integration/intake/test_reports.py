"""Intake on a real broker: what is answered with 201 is on Kafka, sealed."""

import asyncio
from uuid import uuid4

from shared.contracts.contacts import CONTACTS
from shared.contracts.content import ContactContent, ReportContent, TaskContent
from shared.contracts.reports import REPORTS
from shared.contracts.status import STATUS

LAMP = {
    "description": "Die Laterne vor dem Haus ist seit Tagen dunkel.",
    "service_code": "street-light",
    "lat": 51.4508,
    "long": 7.0131,
    "address": "Rüttenscheider Straße 12",
    "contact": {"email": "anna@example.org"},
}


def a_key():
    return {"Idempotency-Key": str(uuid4())}


async def accepted(client, report, **headers):
    answer = await client.post("/api/v1/reports", json=report, headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_report_is_on_kafka_sealed_to_the_router(intake, client):
    receipt = await accepted(client, LAMP)

    event = await intake.event(REPORTS, receipt["report_id"])
    content = intake.opener.open(
        "router", event.content, event.report_id, ReportContent
    )
    assert (event.lane, event.service_code, event.tell) == (
        "normal",
        "street-light",
        True,
    )
    assert event.quarter == "Südviertel"
    assert content.description == LAMP["description"]
    assert content.address == LAMP["address"]


async def test_the_contact_is_sealed_to_the_notifier_with_the_code(intake, client):
    receipt = await accepted(client, LAMP)

    event = await intake.event(CONTACTS, receipt["report_id"])
    content = intake.opener.open(
        "notifier", event.content, event.report_id, ContactContent
    )
    assert content.email == "anna@example.org"
    assert content.tracking_code == receipt["tracking_code"].replace("-", "")


async def test_the_first_status_says_received_and_no_words(intake, client):
    receipt = await accepted(client, LAMP)

    state = await intake.event(STATUS, receipt["report_id"])
    assert (state.version, state.status, state.tell) == (1, "received", True)
    assert state.place.lat != LAMP["lat"]


async def test_tracking_answers_at_once(client):
    receipt = await accepted(client, LAMP)

    answer = await client.post(
        "/api/v1/tracking", json={"tracking_code": receipt["tracking_code"].lower()}
    )

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    tracking = answer.json()
    assert tracking["report_id"] == receipt["report_id"]
    assert (tracking["status"], tracking["version"]) == ("received", 1)
    assert [step["version"] for step in tracking["history"]] == [1]


async def test_a_confidential_report_can_only_be_read_by_its_department(intake, client):
    receipt = await accepted(
        client, {**LAMP, "service_code": "child-protection", "contact": None}
    )

    event = await intake.event(REPORTS, receipt["report_id"])
    state = await intake.event(STATUS, receipt["report_id"])
    task = intake.opener.open(
        "department-jugendamt", event.content, event.report_id, TaskContent
    )
    assert task.report.description == LAMP["description"]
    assert (event.department, event.service_code, event.quarter) == (
        "jugendamt",
        None,
        None,
    )
    assert (state.place, state.quarter, state.service_code) == (None, None, None)
    assert receipt["emergency_numbers"][0]["number"] == "112"
    listed = (await client.get("/api/v1/reports?limit=1000")).json()
    assert receipt["report_id"] not in {case["report_id"] for case in listed}


async def test_the_same_key_makes_one_report_however_often_it_is_sent(intake, client):
    key = a_key()
    sent = [accepted(client, LAMP, **key) for _ in range(100)]
    receipts = await asyncio.gather(*sent)

    assert len({receipt["tracking_code"] for receipt in receipts}) == 1
    await intake.event(REPORTS, receipts[0]["report_id"])


async def test_a_repetition_says_so(client):
    headers = a_key()
    first = await client.post("/api/v1/reports", json=LAMP, headers=headers)
    second = await client.post("/api/v1/reports", json=LAMP, headers=headers)

    assert "idempotency-replayed" not in first.headers
    assert second.headers["idempotency-replayed"] == "true"
    assert second.json() == first.json()


async def test_the_same_key_with_another_body_is_refused(client):
    headers = a_key()
    await accepted(client, LAMP, **headers)

    answer = await client.post(
        "/api/v1/reports", json={**LAMP, "address": "woanders"}, headers=headers
    )

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"
