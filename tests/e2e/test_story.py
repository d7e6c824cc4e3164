"""A report reaches the one who can act, and the answer its reporter."""

import httpx
import pytest

from tests.waiting import until

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]

LAMP = {
    "description": "Die Straßenlaterne vor Haus 12 ist seit Tagen defekt.",
    "lat": 51.4643,
    "long": 6.9790,
    "address": "Altendorfer Straße 12",
}


async def post(chain, **body):
    """Report by the API; the answer."""
    async with httpx.AsyncClient(base_url=chain.citizens.intake) as client:
        answer = await client.post("/api/v1/reports", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def tracked(chain, code):
    """What tracking says."""
    async with httpx.AsyncClient(base_url=chain.citizens.intake) as client:
        answer = await client.post("/api/v1/tracking", json={"tracking_code": code})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def the_case(chain, department, report_id):
    """The case at a department, once it is there."""

    async def found():
        async with chain.clerks.client() as client:
            answer = await client.get(
                f"/api/v1/cases/{report_id}", headers=chain.clerks.headers(department)
            )
        return answer if answer.status_code == 200 else None

    return await until(found, seconds=15, what=f"a case at {department}")


async def mails(chain, email, count):
    """The versions that somebody was told, once there are *count*."""

    def told():
        chain.ledger.mailbox.look()
        versions = chain.ledger.mailbox.versions[email]
        return versions if len(versions) >= count else None

    return await until(told, seconds=20, what=f"{count} mails")


async def test_the_way_of_a_report(chain):
    await all_the_way(chain, "lampe@example.org")


async def all_the_way(chain, email):
    """From the post to the last mail and the last status."""
    said = await post(chain, **LAMP, contact={"email": email})
    report_id, code = said["report_id"], said["tracking_code"]

    assert (await tracked(chain, code))["status"] in {"received", "assigned"}
    case = (await the_case(chain, "roads", report_id)).json()
    assert case["description"] == LAMP["description"]
    assert case["service_code"] == "street-light"
    assert case["quarter"] == "Altendorf"
    assert case["decision"]["rule"] == "words"

    await chain.clerks.move("roads", report_id, "in_progress")
    await chain.clerks.move(
        "roads", report_id, "done", public_note="Die Lampe brennt wieder."
    )

    assert sorted(await mails(chain, email, 4)) == [1, 2, 3, 4]

    async def done():
        now = await tracked(chain, code)
        return now if now["status"] == "done" else None

    now = await until(done, what="tracking says done")
    assert [step["status"] for step in now["history"]] == [
        "received",
        "assigned",
        "in_progress",
        "done",
    ]
    assert [m["text"] for m in now["messages"]] == ["Die Lampe brennt wieder."]


async def test_a_department_that_is_not_responsible_hands_it_on(chain):
    email = "weiter@example.org"
    said = await post(chain, **LAMP, service_code="dirt", contact={"email": email})
    report_id = said["report_id"]
    await the_case(chain, "cleaning", report_id)

    await chain.clerks.move("cleaning", report_id, "returned", department="roads")

    case = (await the_case(chain, "roads", report_id)).json()
    assert case["status"] == "assigned"
    assert case["decision"]["rule"] == "returned.wish"
    await chain.clerks.move("roads", report_id, "in_progress")
    # The hand-over took a version and was not mailed.
    assert sorted(await mails(chain, email, 3)) == [1, 2, 4]


async def test_a_report_of_two_matters_is_two_cases_and_one_story(chain):
    email = "beides@example.org"
    words = f"{LAMP['description']} Außerdem liegt auf dem Gehweg ein Haufen Sperrmüll."
    said = await post(chain, **{**LAMP, "description": words}, contact={"email": email})
    report_id, code = said["report_id"], said["tracking_code"]

    for department in ("roads", "cleaning"):
        case = (await the_case(chain, department, report_id)).json()
        assert "zwei Anliegen" in case["decision"]["because"]
    for department in ("roads", "cleaning"):
        await chain.clerks.move(department, report_id, "done")

    await until(lambda: done(chain, code), what="done is seen")
    assert sorted(await mails(chain, email, 3)) == [1, 2, 5]


async def test_a_confidential_report_is_acknowledged_and_then_silent(chain):
    email = "nachbarin@example.org"
    said = await post(
        chain,
        description="Das Kind nebenan wird jeden Abend geschlagen und schreit.",
        lat=51.4643,
        long=6.9790,
        contact={"email": email},
    )
    report_id, code = said["report_id"], said["tracking_code"]
    case = (await the_case(chain, "jugendamt", report_id)).json()
    assert case["lane"] == "confidential"

    await chain.clerks.move("jugendamt", report_id, "in_progress")
    await chain.clerks.move("jugendamt", report_id, "done")
    # A report that comes after it has gone all its way: nothing more will come.
    await all_the_way(chain, "danach@example.org")

    now = await tracked(chain, code)
    assert (now["status"], now["version"]) == ("received", 1)
    assert not now.get("department")
    assert chain.ledger.mailbox.versions[email] == [1]
    async with httpx.AsyncClient(base_url=chain.citizens.intake) as client:
        public = (await client.get("/api/v1/reports")).json()
    assert report_id not in {one["report_id"] for one in public}
    cases = [c for c in await chain.clerks.cases() if c["report_id"] == report_id]
    assert [c["department"] for c in cases] == ["jugendamt"]


async def test_the_reporter_answers_a_question_and_reopens(chain):
    said = await post(chain, **LAMP, contact={"email": "frage@example.org"})
    report_id, code = said["report_id"], said["tracking_code"]
    await the_case(chain, "roads", report_id)
    await chain.clerks.move(
        "roads", report_id, "question", public_note="Welche Hausnummer?"
    )

    async def asked():
        return (await tracked(chain, code))["status"] == "question"

    await until(asked, what="the question is seen")
    await reply(chain, code, "answer", "Nummer 12.")
    await status_is(chain, report_id, "in_progress")
    await chain.clerks.move("roads", report_id, "done")
    await until(lambda: done(chain, code), what="done is seen")
    await reply(chain, code, "reopen", "Sie ist wieder aus.")
    await status_is(chain, report_id, "reopened")


async def done(chain, code):
    """Whether tracking says done."""
    return (await tracked(chain, code))["status"] == "done"


async def reply(chain, code, kind, text):
    """Answer as the reporter."""
    async with httpx.AsyncClient(base_url=chain.citizens.intake) as client:
        answer = await client.post(
            "/api/v1/tracking/replies",
            json={"tracking_code": code, "kind": kind, "text": text},
        )
    assert answer.status_code == 202, answer.text


async def status_is(chain, report_id, status):
    """Wait until the roads office's case has a status."""

    async def reached():
        case = await the_case(chain, "roads", report_id)
        return case.json()["status"] == status

    await until(reached, what=f"the case is {status}")
