"""Two clerks at the same time."""

import asyncio
import os
from typing import Any

from tests.integration.desk.desk import Desk

CHANGES = 1000 if os.environ.get("FULL") else 200
AT_ONCE = 4
NEXT = {
    "assigned": "in_progress",
    "in_progress": "question",
    "question": "in_progress",
}


async def test_of_many_changes_at_once_each_is_applied_once_or_stale(
    desk: Desk,
) -> None:
    """Versions without a gap, and one event for each."""
    task = desk.task()
    await desk.give(task)

    statuses: list[int] = []
    async with desk.clerk("cleaning") as one, desk.clerk("cleaning") as two:
        clerks = (works(clerk, task.report_id, statuses) for clerk in (one, two))
        await asyncio.gather(*clerks)

    assert set(statuses) == {200, 412}
    last = (await desk.case_of(task))["version"]
    assert last == 2 + statuses.count(200)
    told = await desk.told(task, last - 1)
    assert [event.version for event in told] == list(range(2, last + 1))
    assert [step.version for step in told[-1].history] == list(range(1, last + 1))


async def works(clerk: Any, report_id: Any, statuses: list[int]) -> None:
    """Change a case again and again, several times from the same version."""
    case = f"/api/v1/cases/{report_id}"
    while len(statuses) < CHANGES:
        seen = (await clerk.get(case)).json()
        wishes = [
            clerk.post(
                f"{case}/transitions",
                headers={"If-Match": f'"{seen["version"]}"'},
                json={"to": NEXT[seen["status"]]},
            )
            for _ in range(AT_ONCE)
        ]
        answers = await asyncio.gather(*wishes)
        statuses.extend(answer.status_code for answer in answers)
