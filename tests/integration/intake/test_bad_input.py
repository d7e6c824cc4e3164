"""What is wrong is refused with 4xx problem+json that names the field."""

import pytest

from tests.integration.intake.wrong_bodies import WRONG_BODIES
from tests.integration.intake.wrong_fields import GOOD, JSON, WRONG_FIELDS


def assert_problem(answer, status):
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["title"]
    return problem


@pytest.mark.parametrize("wrong", WRONG_FIELDS)
async def test_a_wrong_field_is_named(client, wrong):
    body, field = WRONG_FIELDS[wrong]

    answer = await client.post("/api/v1/reports", content=body, headers=JSON)

    problem = assert_problem(answer, 422)
    assert field in {error["field"] for error in problem["errors"]}


@pytest.mark.parametrize("wrong", WRONG_BODIES)
async def test_a_body_that_cannot_be_taken_is_refused(client, wrong):
    headers, body, status = WRONG_BODIES[wrong]

    answer = await client.post("/api/v1/reports", content=body, headers=headers)

    assert_problem(answer, status)


@pytest.mark.parametrize(
    "key", ["", "x" * 256, "mit Leerzeichen", "Schlüssel".encode(), "tab\there"]
)
async def test_an_unusable_idempotency_key_is_refused(client, key):
    answer = await client.post(
        "/api/v1/reports", json=GOOD, headers={"Idempotency-Key": key}
    )

    problem = assert_problem(answer, 400)
    assert "Idempotency-Key" in problem["detail"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("limit=many", "limit"),
        ("status=lost", "status"),
        ("bbox=1,2,3", "bbox"),
        ("bbox=a,b,c,d", "bbox"),
        ("bbox=7,51,6,52", "bbox"),
        ("bbox=6,nan,7,52", "bbox"),
        ("after=yesterday", "after"),
        ("service_code=%00", "service_code"),
    ],
)
async def test_a_wrong_question_is_named(client, query, field):
    answer = await client.get(f"/api/v1/reports?{query}")

    problem = assert_problem(answer, 422)
    assert {error["field"] for error in problem["errors"]} == {field}


@pytest.mark.parametrize(
    "code", ["", "K7QM", "x" * 80, "K7QM-2X9D-TTB4-0ZQW-8H3N-5VR!"]
)
async def test_what_is_no_code_is_refused(client, code):
    answer = await client.post("/api/v1/tracking", json={"tracking_code": code})

    problem = assert_problem(answer, 422)
    assert problem["errors"][0]["field"] == "tracking_code"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("DELETE", "/api/v1/reports", 405),
        ("GET", "/api/v1/tracking", 405),
    ],
)
async def test_a_wrong_address_is_a_problem_too(client, method, path, status):
    assert_problem(await client.request(method, path), status)


@pytest.mark.parametrize(
    "words", ["المصباح في الشارع لا يعمل", "می‌خواهم", "Die Lampe 💡 ist\naus", "abc"]
)
async def test_words_of_every_alphabet_are_taken(client, words):
    answer = await client.post("/api/v1/reports", json={"description": words})

    assert answer.status_code == 201, answer.text
