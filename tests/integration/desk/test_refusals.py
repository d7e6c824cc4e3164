"""What the desk does not do, and how it says so."""

import os
from typing import Any
from uuid import uuid4

import pytest

from tests.integration.desk.desk import Desk

CHANGES = 1000 if os.environ.get("FULL") else 200


async def test_another_departments_case_looks_like_one_that_is_not_there(
    desk: Desk,
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
    desk: Desk,
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
    desk: Desk, authorization: str | None
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
