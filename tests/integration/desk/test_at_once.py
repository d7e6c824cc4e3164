"""Two clerks at the same time."""

import asyncio
import os
from typing import Any

from tests.integration.desk.desk import Desk

CHANGES = 1000 if os.environ.get("FULL") else 200


async def test_of_many_changes_at_once_each_is_applied_once_or_stale(
    desk: Desk,
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
