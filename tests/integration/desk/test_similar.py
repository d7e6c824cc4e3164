"""A clerk sees which earlier case may be the same, if it is the department's own."""

import httpx

from shared.contracts.content import Similar
from shared.contracts.replies import REPLIES
from shared.contracts.vocabulary import ReplyKind
from tests.builders import a_reply
from tests.integration.desk.desk import Desk
from tests.integration.desk.test_pages import log_in
from tests.waiting import until

PERHAPS = "Möglicherweise schon gemeldet"


async def test_the_case_names_the_earlier_one_with_its_score_and_a_link(
    desk: Desk, browser: httpx.AsyncClient
) -> None:
    earlier = desk.task()
    later = desk.task(similar=[Similar(report_id=earlier.report_id, score=0.87)])
    await desk.give(earlier, later)

    await log_in(browser, "cleaning")
    page = await browser.get(f"/cases/{later.report_id}")
    followed = await browser.get(f"/cases/{earlier.report_id}")

    [shown] = (await desk.case_of(later))["similar"]
    assert (shown["report_id"], shown["score"]) == (str(earlier.report_id), 0.87)
    assert shown["status"] == "assigned"
    assert PERHAPS in page.text
    assert f'href="/cases/{earlier.report_id}"' in page.text
    assert "87 %" in page.text
    assert followed.status_code == 200
    assert PERHAPS not in followed.text


async def test_a_case_of_another_department_is_not_named_at_all(
    desk: Desk, browser: httpx.AsyncClient
) -> None:
    foreign = desk.task("roads")
    mine = desk.task(similar=[Similar(report_id=foreign.report_id, score=0.9)])
    await desk.give(foreign, mine)

    await log_in(browser, "cleaning")
    page = await browser.get(f"/cases/{mine.report_id}")
    there = await browser.get(f"/cases/{foreign.report_id}")

    assert (await desk.case_of(mine))["similar"] == []
    assert PERHAPS not in page.text
    assert str(foreign.report_id) not in page.text
    assert there.status_code == 404


async def test_who_has_seen_the_same_is_noted_once_and_changes_nothing(
    desk: Desk, browser: httpx.AsyncClient
) -> None:
    task = desk.task()
    await desk.give(task)
    seen = a_reply(report_id=task.report_id, kind=ReplyKind.FOLLOW, content=None)

    await desk.send((REPLIES, seen), (REPLIES, seen))

    async def noted() -> list[str]:
        changes = (await desk.case_of(task))["changes"]
        return [change["after"] for change in changes if change["field"] == "reporter"]

    assert await until(noted, what="the note") == ["follow"]
    await log_in(browser, "cleaning")
    page = await browser.get(f"/cases/{task.report_id}")
    assert "Noch jemand hat es gesehen" in page.text
    assert (await desk.case_of(task))["version"] == 2
