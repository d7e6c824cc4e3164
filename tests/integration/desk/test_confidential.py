"""What is confidential stays so."""

from shared.contracts.content import TaskContent
from shared.contracts.returns import RETURNS
from shared.contracts.status import STATUS
from shared.sealing import department_key
from tests.integration.desk.desk import Desk
from tests.integration.desk.tasks import confidential_task
from tests.waiting import until

CANARY = "Nachts schreit nebenan ein Kind kanarienvogel"


async def test_a_confidential_case_is_told_to_nobody_and_its_reading_is_written_down(
    desk: Desk,
) -> None:
    task, later = confidential_task(desk.sealer, CANARY), desk.task()
    await desk.give(task, later)

    case = await desk.change(task, "in_progress", 2, note="Hausbesuch kanarienvogel")

    assert case["description"] == CANARY
    assert (case["lane"], case["summary"], case["quarter"]) == (
        "confidential",
        None,
        None,
    )
    assert case["changes"][-1]["note"] == "Hausbesuch kanarienvogel"
    assert "question" not in case["allowed"]
    await desk.told(later, 1)
    assert await desk.events_of(STATUS, task.report_id) == []
    read = await desk.rows("SELECT who, department FROM audit WHERE action = 'read'")
    assert ("token:jugendamt", "jugendamt") in read
    for table in ("reports", "cases", "changes", "outbox"):
        assert "kanarienvogel" not in str(await desk.rows(f"SELECT * FROM {table}"))


async def test_a_confidential_case_needs_to_know_its_way_and_is_sealed_for_it(
    desk: Desk,
) -> None:
    task = confidential_task(desk.sealer, CANARY)
    await desk.give(task)

    async with desk.clerk("jugendamt") as clerk:
        lost = await clerk.post(
            f"/api/v1/cases/{task.report_id}/transitions",
            headers={"If-Match": '"2"'},
            json={"to": "returned"},
        )
    await desk.change(task, "returned", 2, department="asd", note="Eher Hilfe")

    assert lost.status_code == 422
    assert [error["field"] for error in lost.json()["errors"]] == ["department"]
    [returned] = await until(lambda: desk.events_of(RETURNS, task.report_id))
    assert (returned.to_department, returned.service_code) == ("asd", None)
    words = desk.opener.open(
        department_key("asd"), returned.content, task.report_id, TaskContent
    )
    assert words.report.description == CANARY
    assert "Eher Hilfe" in words.decision.because


async def test_a_report_that_is_recognised_late_leaves_the_public(
    desk: Desk,
) -> None:
    task = confidential_task(desk.sealer, CANARY, late=True)

    await desk.give(task)

    [told] = await desk.told(task, 1)
    assert (told.version, told.lane, told.status) == (2, "confidential", "received")
    assert [step.version for step in told.history] == [1]
    hidden = (told.service_code, told.department, told.quarter, told.place)
    assert hidden == (None, None, None, None)
    assert told.tell is False


async def test_a_case_that_turns_out_confidential_is_sealed_where_it_was_before(
    desk: Desk,
) -> None:
    task = desk.task("moderation", description=CANARY)
    await desk.give(task)
    await desk.change(task, "returned", 2, note="kanarienvogel")

    late = confidential_task(
        desk.sealer, CANARY, report_id=task.report_id, hand_over=1, late=True
    )
    await desk.give(late)

    _, told = await desk.told(task, 2)
    assert (told.version, told.lane) == (3, "confidential")
    mine = f"report_id IN ('{task.report_id}', '{task.report_id.hex}')"
    assert "kanarienvogel" not in str(
        await desk.rows(f"SELECT content, words FROM cases WHERE {mine}")
    )
    assert (await desk.case_of(task))["description"] == CANARY
