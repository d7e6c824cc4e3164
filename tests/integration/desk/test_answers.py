"""What holds for every answer of the desk."""

import httpx
import pytest


async def test_pages_allow_no_script_and_cookies_stay_here(
    browser: httpx.AsyncClient,
) -> None:
    page = await browser.get("/")

    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "<script" not in page.text
    assert " style=" not in page.text
    cookie = page.headers["set-cookie"].lower()
    assert "samesite=strict" in cookie
    assert "httponly" in cookie
    style = await browser.get("/static/desk.css")
    assert style.headers["content-type"].startswith("text/css")
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nowhere", 404), ("DELETE", "/api/v1/cases", 405)],
)
async def test_what_is_not_there_is_a_problem_in_json(
    browser: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    answer = await browser.request(method, path)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status


async def test_a_large_body_is_refused_before_it_is_read(
    browser: httpx.AsyncClient,
) -> None:
    answer = await browser.post("/login", content=b"a" * 5_000_000)

    assert answer.status_code == 413


async def test_the_api_describes_itself_with_examples(
    browser: httpx.AsyncClient,
) -> None:
    described = (await browser.get("/openapi.json")).json()

    paths = described["paths"]
    assert set(paths) == {
        "/api/v1/cases",
        "/api/v1/cases/{report_id}",
        "/api/v1/cases/{report_id}/photos/{number}",
        "/api/v1/cases/{report_id}/transitions",
    }
    change = paths["/api/v1/cases/{report_id}/transitions"]["post"]
    assert {"400", "401", "404", "409", "412", "422", "428"} <= set(change["responses"])
    assert described["components"]["schemas"]["Transition"]["examples"]
    problems = change["responses"]["412"]["content"]
    assert list(problems) == ["application/problem+json"]
