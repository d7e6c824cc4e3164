"""The desk's pages, as a browser without any script uses them."""

import re
from typing import Any

import httpx
import pytest

from shared.contracts.vocabulary import Lane
from tests.integration.desk.desk import Desk
from tests.integration.desk.process import token


def field(page: httpx.Response, name: str) -> str:
    """A hidden field of a page's form."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found is not None, page.text
    return found[1]


async def log_in(browser: httpx.AsyncClient, department: str) -> httpx.Response:
    form = {"form_token": field(await browser.get("/"), "form_token")}
    return await browser.post("/login", data={**form, "token": token(department)})


async def test_a_clerk_logs_in_reads_a_case_and_takes_it_on(
    desk: Desk, browser: httpx.AsyncClient
) -> None:
    task = desk.task(description="Sofa <b>am</b> Rand\nneben dem Baum")
    await desk.give(task)

    inbox = await log_in(browser, "cleaning")
    page = await browser.get(f"/cases/{task.report_id}")
    after = await browser.post(
        f"/cases/{task.report_id}",
        data={
            "form_token": field(page, "form_token"),
            "version": field(page, "version"),
            "to": "question",
            "public_note": "Welche Farbe?",
        },
    )

    assert f"/cases/{task.report_id}" in inbox.text
    assert "Sofa &lt;b&gt;am&lt;/b&gt; Rand" in page.text
    assert "Rückfrage gestellt" in after.text
    assert (await desk.case_of(task))["status"] == "question"


async def test_who_was_slower_sees_the_new_state_and_keeps_the_words(
    desk: Desk, browser: httpx.AsyncClient
) -> None:
    task = desk.task()
    await desk.give(task)
    await log_in(browser, "cleaning")
    page = await browser.get(f"/cases/{task.report_id}")
    await desk.change(task, "in_progress", 2)

    late = await browser.post(
        f"/cases/{task.report_id}",
        data={
            "form_token": field(page, "form_token"),
            "version": field(page, "version"),
            "to": "done",
            "note": "Lange getippt",
        },
    )

    assert late.status_code == 412
    assert "Jemand war schneller" in late.text
    assert "Lange getippt" in late.text
    assert field(late, "version") == "3"
    assert (await desk.case_of(task))["status"] == "in_progress"


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"to": "question"}, "public_note"),
        ({}, "to"),
        ({"to": "done", "expected_on": "2020-01-01"}, "expected_on"),
        ({"to": "returned", "department": "moon"}, "department"),
        ({"to": "duplicate", "duplicate_of": "7"}, "duplicate_of"),
    ],
)
async def test_a_form_that_does_not_fit_says_where(
    desk: Desk, browser: httpx.AsyncClient, typed: dict[str, str], wrong: str
) -> None:
    task = desk.task()
    await desk.give(task)
    await log_in(browser, "cleaning")
    page = await browser.get(f"/cases/{task.report_id}")
    hidden = {name: field(page, name) for name in ("form_token", "version")}

    answer = await browser.post(f"/cases/{task.report_id}", data={**hidden, **typed})

    assert answer.status_code == 422
    marked = answer.text.split('class="wrong"')[1:]
    assert len(marked) == 1
    assert f'name="{wrong}"' in marked[0].split("</div>")[0]


async def test_a_form_from_elsewhere_changes_nothing(
    desk: Desk, browser: httpx.AsyncClient
) -> None:
    task = desk.task()
    await desk.give(task)
    await log_in(browser, "cleaning")

    answers = [
        await browser.post(path, data={"version": "2", "to": "done", **forged})
        for path in (f"/cases/{task.report_id}", "/logout", "/login")
        for forged in ({}, {"form_token": "guessed"})
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert (await desk.case_of(task))["version"] == 2


async def test_another_departments_page_looks_like_one_that_is_not_there(
    desk: Desk, browser: httpx.AsyncClient
) -> None:
    task = desk.task("asd", lane=Lane.CONFIDENTIAL)
    await desk.give(task)
    await log_in(browser, "cleaning")

    async def pages(report_id: Any) -> list[tuple[int, str]]:
        page = await browser.get("/")
        form = {"form_token": field(page, "form_token"), "version": "2", "to": "done"}
        answers = [
            await browser.get(f"/cases/{report_id}"),
            await browser.get(f"/cases/{report_id}/photos/0"),
            await browser.post(f"/cases/{report_id}", data=form),
        ]
        return [(answer.status_code, answer.text) for answer in answers]

    foreign, missing = await pages(task.report_id), await pages("nothing")

    assert foreign == missing
    assert {status for status, _ in foreign} == {404}


async def test_a_wrong_token_opens_nothing(browser: httpx.AsyncClient) -> None:
    form = {"form_token": field(await browser.get("/"), "form_token"), "token": "wrong"}

    answer = await browser.post("/login", data=form)

    assert answer.status_code == 401
    assert "nicht bekannt" in answer.text
    assert (await browser.get("/")).text.count('name="token"') == 1
