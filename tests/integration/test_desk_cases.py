"""The desk as its departments use it, on a real broker and both databases."""

import asyncio
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from shared.contracts.content import MessageContent, ReturnContent
from shared.contracts.returns import RETURNS
from shared.contracts.status import STATUS
from shared.contracts.tasks import tasks
from tests.integration.desk_process import DeskProcess, desk_on
from tests.waiting import until

CHANGES = 1000 if os.environ.get("FULL") else 200


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def desk(
    request: pytest.FixtureRequest,
    kafka_address: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[DeskProcess]:
    server = (
        request.getfixturevalue("postgres_url") if request.param != "sqlite" else ""
    )
    with desk_on(kafka_address, tmp_path_factory.mktemp("desk"), server) as running:
        yield running


async def test_a_task_is_a_case_with_its_content_and_its_reporter_is_told(
    desk: DeskProcess,
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
    desk: DeskProcess,
) -> None:
    task, later = desk.task(), desk.task()

    await desk.send(*[(tasks("cleaning"), each) for each in (task, task, task, later)])

    await desk.case_of(later)
    await desk.told(later, 1)
    assert len(await desk.events_of(STATUS, task.report_id)) == 1
    async with desk.clerk("cleaning") as clerk:
        inbox = (await clerk.get("/api/v1/cases?limit=200")).json()
    assert [case["report_id"] for case in inbox].count(str(task.report_id)) == 1


async def test_another_departments_case_looks_like_one_that_is_not_there(
    desk: DeskProcess,
) -> None:
    task = desk.task("jugendamt", lane="confidential", service_code=None, quarter=None)
    await desk.give(task)

    async with desk.clerk("cleaning") as clerk:

        async def answers(report_id: Any) -> list[Any]:
            case = f"/api/v1/cases/{report_id}"
            step = {"to": "done"}
            seen = [
                await clerk.get(case),
                await clerk.get(f"{case}/photos/0"),
                await clerk.post(f"{case}/transitions", json=step),
                await clerk.post(
                    f"{case}/transitions", headers={"If-Match": '"2"'}, json=step
                ),
            ]
            return [(answer.status_code, answer.json()) for answer in seen]

        foreign, missing = await answers(task.report_id), await answers(uuid4())
        listed = (await clerk.get("/api/v1/cases?status=all&limit=200")).json()

    assert foreign == missing
    assert {status for status, _ in foreign} == {404}
    assert str(task.report_id) not in {case["report_id"] for case in listed}


@pytest.mark.parametrize(
    ("if_match", "step", "status", "type_"),
    [
        (None, {"to": "done"}, 428, "version-missing"),
        ('"1"', {"to": "done"}, 412, "stale-version"),
        ('"nonsense"', {"to": "done"}, 412, "stale-version"),
        ('"2"', {"to": "reopened"}, 409, "transition-not-allowed"),
        ('"2"', {"to": "received"}, 409, "transition-not-allowed"),
        ('"2"', {"to": "flying"}, 422, "invalid-fields"),
        ('"2"', {"to": "done", "public_note": " "}, 422, "invalid-fields"),
        ('"2"', {"to": "done", "note": "a\x00b"}, 422, "invalid-fields"),
        ('"2"', {"to": "done", "department": "roads"}, 422, "invalid-fields"),
        ('"2"', {"to": "returned", "department": "moon"}, 422, "invalid-fields"),
        ('"2"', {"to": "returned", "department": "cleaning"}, 422, "invalid-fields"),
        ('"2"', {"to": "done", "surprise": 1}, 422, "invalid-fields"),
        (
            '"2"',
            {"to": "in_progress", "expected_at": "2020-01-01T00:00:00Z"},
            422,
            "invalid-fields",
        ),
        (
            '"2"',
            {"to": "duplicate", "duplicate_of": str(uuid4())},
            422,
            "invalid-fields",
        ),
    ],
)
async def test_a_change_that_cannot_be_is_refused_with_the_reason(
    desk: DeskProcess,
    if_match: str | None,
    step: dict[str, str],
    status: int,
    type_: str,
) -> None:
    task = desk.task()
    await desk.give(task)

    async with desk.clerk("cleaning") as clerk:
        headers = {"If-Match": if_match} if if_match else {}
        answer = await clerk.post(
            f"/api/v1/cases/{task.report_id}/transitions", headers=headers, json=step
        )

    assert (answer.status_code, answer.json()["type"]) == (status, type_)
    assert answer.headers["content-type"] == "application/problem+json"
    if status == 422:
        named = {error["field"] for error in answer.json()["errors"]}
        assert named <= set(step)
        assert named
    assert (await desk.case_of(task))["version"] == 2


@pytest.mark.parametrize("authorization", [None, "Bearer wrong", "Basic eDp5"])
async def test_without_the_departments_token_nothing_is_shown(
    desk: DeskProcess, authorization: str | None
) -> None:
    async with desk.clerk("cleaning") as clerk:
        clerk.headers.pop("authorization")
        if authorization:
            clerk.headers["authorization"] = authorization
        answers = [
            await clerk.get("/api/v1/cases"),
            await clerk.get(f"/api/v1/cases/{uuid4()}"),
            await clerk.get(f"/api/v1/cases/{uuid4()}/photos/0"),
            await clerk.post(
                f"/api/v1/cases/{uuid4()}/transitions", json={"to": "done"}
            ),
        ]

    for answer in answers:
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert answer.headers["content-type"] == "application/problem+json"


async def test_words_to_the_reporter_travel_sealed_and_stay_in_the_history(
    desk: DeskProcess,
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


async def test_a_case_that_was_given_back_goes_to_the_router_and_to_the_next(
    desk: DeskProcess,
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


async def test_the_inbox_comes_page_by_page_danger_first(desk: DeskProcess) -> None:
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


async def test_of_many_changes_at_once_each_is_applied_once_or_stale(
    desk: DeskProcess,
) -> None:
    """Two clerks, one case: versions without a gap, one event for each."""
    task = desk.task()
    await desk.give(task)
    there_and_back = {
        "assigned": "in_progress",
        "in_progress": "question",
        "question": "in_progress",
    }
    applied: list[int] = []
    refused: list[int] = []

    async def work(clerk: Any) -> None:
        while len(applied) + len(refused) < CHANGES:
            case = (await clerk.get(f"/api/v1/cases/{task.report_id}")).json()
            wishes = [
                clerk.post(
                    f"/api/v1/cases/{task.report_id}/transitions",
                    headers={"If-Match": f'"{case["version"]}"'},
                    json={"to": there_and_back[case["status"]]},
                )
                for _ in range(4)
            ]
            for answer in await asyncio.gather(*wishes):
                assert answer.status_code in {200, 412}, answer.text
                if answer.status_code == 200:
                    applied.append(answer.json()["version"])
                else:
                    refused.append(answer.status_code)

    async with desk.clerk("cleaning") as one, desk.clerk("cleaning") as two:
        await asyncio.gather(work(one), work(two))

    last = (await desk.case_of(task))["version"]
    assert last == 2 + len(applied)
    assert refused
    told = await desk.told(task, last - 1)
    assert [event.version for event in told] == list(range(2, last + 1))
    assert [step.version for step in told[-1].history] == list(range(1, last + 1))
