"""The desk as its departments use it."""

import os
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from shared.contracts.content import MessageContent, ReturnContent
from shared.contracts.returns import RETURNS
from shared.contracts.status import STATUS
from shared.contracts.tasks import tasks
from tests.integration.desk.desk import Desk
from tests.waiting import until

CHANGES = 1000 if os.environ.get("FULL") else 200


async def test_a_task_is_a_case_with_its_content_and_its_reporter_is_told(
    desk: Desk,
) -> None:
    task = desk.task()

    await desk.give(task)

    case = await desk.case_of(task)
    assert (case["version"], case["status"]) == (2, "assigned")
    assert case["description"] == "Sperrmüll auf dem Gehweg"
    assert case["decision"]["because"]
    [told] = await desk.told(task, 1)
    assert (told.version, told.status, told.tell) == (2, "assigned", True)
    assert [step.version for step in told.history] == [1, 2]
    assert told.place is not None


async def test_a_task_that_comes_twice_is_one_case_and_told_once(
    desk: Desk,
) -> None:
    task, later = desk.task(), desk.task()

    await desk.send(*[(tasks("cleaning"), each) for each in (task, task, task, later)])

    await desk.case_of(later)
    await desk.told(later, 1)
    assert len(await desk.events_of(STATUS, task.report_id)) == 1
    async with desk.clerk("cleaning") as clerk:
        inbox = (await clerk.get("/api/v1/cases?limit=200")).json()
    assert [case["report_id"] for case in inbox].count(str(task.report_id)) == 1


async def test_words_to_the_reporter_travel_sealed_and_stay_in_the_history(
    desk: Desk,
) -> None:
    task = desk.task()
    await desk.give(task)
    soon = (datetime.now(UTC) + timedelta(days=3)).replace(microsecond=0)

    case = await desk.change(task, "question", 2, public_note="An welchem Mast?")
    case = await desk.change(
        task, "in_progress", 3, note="Kolonne 4", expected_at=soon.isoformat()
    )

    asked, working = (await desk.told(task, 3))[1:]
    opened = desk.opener.open(
        "citizens", asked.messages[0].content, task.report_id, MessageContent
    )
    assert opened.text == "An welchem Mast?"
    assert (asked.status, asked.messages[0].version) == ("question", 3)
    assert (working.status, working.expected_at) == ("in_progress", soon)
    assert len(working.messages) == 1
    fields = [(change["field"], change["note"]) for change in case["changes"]]
    assert ("public_note", "An welchem Mast?") in fields
    assert ("status", "Kolonne 4") in fields
    assert "expected_at" in dict(fields)


async def test_a_corrected_service_is_shown_told_and_learnt_from(desk: Desk) -> None:
    task = desk.task()
    await desk.give(task)

    case = await desk.change(
        task, "in_progress", 2, note="nur Laub", service_code="dirt"
    )
    await desk.change(task, "done", 3, service_code="dirt")

    assert case["service_code"] == "dirt"
    assert ("service_code", "illegal-dumping", "dirt") in [
        (change["field"], change["before"], change["after"])
        for change in case["changes"]
    ]
    assert [told.service_code for told in await desk.told(task, 3)] == [
        *("illegal-dumping", "dirt", "dirt"),
    ]
    [corrected] = await desk.events_of(RETURNS, task.report_id)
    assert (corrected.before, corrected.service_code) == ("illegal-dumping", "dirt")
    content = desk.opener.open(
        "router", corrected.content, task.report_id, ReturnContent
    )
    assert content.report.description == "Sperrmüll auf dem Gehweg"
    assert content.reason == "nur Laub"


async def test_a_case_that_was_given_back_goes_to_the_router_and_to_the_next(
    desk: Desk,
) -> None:
    task = desk.task()
    await desk.give(task)

    case = await desk.change(task, "returned", 2, note="Privatgrund")

    assert (case["status"], case["version"], case["allowed"]) == ("returned", 2, [])
    [returned] = await until(lambda: desk.events_of(RETURNS, task.report_id))
    words = desk.opener.open("router", returned.content, task.report_id, ReturnContent)
    assert words.reason == "Privatgrund"
    assert words.report.description == "Sperrmüll auf dem Gehweg"
    assert (returned.hand_over, returned.returned_by) == (0, ("cleaning",))

    again = desk.task("public-order", report_id=task.report_id, hand_over=1)
    await desk.give(again)

    assert (await desk.case_of(again))["version"] == 3
    first, second = await desk.told(task, 2)
    assert (first.department, second.department) == ("cleaning", "public-order")
    assert (second.status, second.version) == ("assigned", 3)
    async with desk.clerk("cleaning") as clerk:
        query = "/api/v1/cases?limit=200&q=sperrmüll"
        still_open = (await clerk.get(query)).json()
        every = (await clerk.get(query + "&status=all")).json()
    assert str(task.report_id) not in {case["report_id"] for case in still_open}
    assert str(task.report_id) in {case["report_id"] for case in every}


async def test_the_inbox_comes_page_by_page_danger_first(desk: Desk) -> None:
    word = f"kühlschrank{uuid4().hex[:6]}"
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    given = [
        desk.task(
            "green",
            description=f"Ein {word} am Weg",
            received_at=noon + timedelta(minutes=minute),
            lane="danger" if minute == 3 else "normal",
        )
        for minute in range(7)
    ]
    await desk.give(*given)

    seen: list[str] = []
    async with desk.clerk("green") as clerk:
        url = f"/api/v1/cases?q={word.upper()}&limit=3&quarter=Altendorf"
        while url:
            answer = await clerk.get(url)
            seen += [case["report_id"] for case in answer.json()]
            url = answer.links.get("next", {}).get("url", "")
        none = await clerk.get(f"/api/v1/cases?q={word}&service_code=noise")

    order = [3, 6, 5, 4, 2, 1, 0]
    assert seen == [str(given[index].report_id) for index in order]
    assert none.json() == []
