"""The desk and what it hears: confidential tasks, replies, deliveries, photos."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from shared.contracts.contacts import CONTACTS
from shared.contracts.content import MessageContent, Photo, TaskContent
from shared.contracts.deliveries import DELIVERIES, NotificationDelivered
from shared.contracts.replies import REPLIES
from shared.contracts.returns import RETURNS
from shared.contracts.status import STATUS
from shared.contracts.tasks import TaskAssigned
from shared.contracts.vocabulary import Channel, Lane, ReplyKind
from shared.photos import PhotoStore
from shared.sealing import department_key
from tests.builders import a_reply
from tests.integration.desk_process import DeskProcess, desk_on
from tests.waiting import until

CANARY = "Nachts schreit nebenan ein Kind kanarienvogel"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def desk(
    request: pytest.FixtureRequest,
    kafka_address: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[DeskProcess]:
    is_file = request.param == "sqlite"
    server = "" if is_file else request.getfixturevalue("postgres_url")
    with desk_on(kafka_address, tmp_path_factory.mktemp("desk"), server) as running:
        yield running


def a_confidential_task(desk: DeskProcess, **given: Any) -> TaskAssigned:
    return desk.task(
        "jugendamt",
        **{
            "lane": Lane.CONFIDENTIAL,
            "service_code": None,
            "quarter": None,
            "description": CANARY,
            **given,
        },
    )


async def test_a_confidential_case_is_told_to_nobody_and_its_reading_is_written_down(
    desk: DeskProcess,
) -> None:
    task, later = a_confidential_task(desk), desk.task()
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
    desk: DeskProcess,
) -> None:
    task = a_confidential_task(desk)
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
    desk: DeskProcess,
) -> None:
    task = a_confidential_task(desk, late=True)

    await desk.give(task)

    [told] = await desk.told(task, 1)
    assert (told.version, told.lane, told.status) == (2, "confidential", "received")
    assert [step.version for step in told.history] == [1]
    hidden = (told.service_code, told.department, told.quarter, told.place)
    assert hidden == (None, None, None, None)
    assert told.tell is False


async def test_a_case_that_turns_out_confidential_is_sealed_where_it_was_before(
    desk: DeskProcess,
) -> None:
    task = desk.task("moderation", description=CANARY)
    await desk.give(task)
    await desk.change(task, "returned", 2, note="kanarienvogel")

    late = a_confidential_task(desk, report_id=task.report_id, hand_over=1, late=True)
    await desk.give(late)

    _, told = await desk.told(task, 2)
    assert (told.version, told.lane) == (3, "confidential")
    mine = f"report_id IN ('{task.report_id}', '{task.report_id.hex}')"
    assert "kanarienvogel" not in str(
        await desk.rows(f"SELECT content, words FROM cases WHERE {mine}")
    )
    assert (await desk.case_of(task))["description"] == CANARY


async def test_an_answer_brings_the_case_back_to_work(desk: DeskProcess) -> None:
    task = desk.task()
    await desk.give(task)
    await desk.change(task, "question", 2, public_note="Wo genau?")

    await desk.send((REPLIES, reply(desk, task, "answer", "Hinter dem Kiosk")))

    case = await version(desk, task, 4)
    assert case["status"] == "in_progress"
    assert "Hinter dem Kiosk" in [change["note"] for change in case["changes"]]
    assert (await desk.told(task, 3))[-1].status == "in_progress"


async def test_a_reporter_may_say_within_two_weeks_that_it_is_not_fixed(
    desk: DeskProcess,
) -> None:
    soon, late = desk.task(), desk.task()
    await desk.give(soon, late)
    for task in (soon, late):
        await desk.change(task, "done", 2)
    now = datetime.now(UTC)

    await desk.send(
        (REPLIES, reply(desk, soon, "reopen", "Liegt noch da", now)),
        (REPLIES, reply(desk, late, "reopen", "Spät", now + timedelta(days=15))),
    )

    assert (await version(desk, soon, 4))["status"] == "reopened"

    async def heard() -> bool:
        case = await desk.case_of(late)
        return "Spät" in [change["note"] for change in case["changes"]]

    await until(heard)
    assert (await desk.case_of(late))["status"] == "done"


async def test_a_reply_that_comes_before_its_case_is_heard_when_the_case_is_there(
    desk: DeskProcess,
) -> None:
    task, other = desk.task(), desk.task()
    early = reply(desk, task, "follow", "Auch vor Nummer 14")
    await desk.send((REPLIES, early))
    mine = f"report_id IN ('{task.report_id}', '{task.report_id.hex}')"
    await until(lambda: desk.rows(f"SELECT 1 FROM early_replies WHERE {mine}"))

    await desk.give(task, other)

    case = await desk.case_of(task)
    assert "Auch vor Nummer 14" in [change["note"] for change in case["changes"]]


async def test_a_report_that_was_taken_back_leaves_no_words(desk: DeskProcess) -> None:
    photo = await a_photo(desk, report_id := uuid4())
    task = desk.task(report_id=report_id, photos=(photo,), description=CANARY)
    await desk.give(task)
    await desk.change(task, "in_progress", 2, note="kanarienvogel gesehen")

    await desk.send((REPLIES, reply(desk, task, "withdraw", "kanarienvogel, bitte")))

    case = await version(desk, task, 4)
    assert (case["status"], case["description"], case["photos"]) == (
        "rejected",
        None,
        [],
    )
    assert "kanarienvogel" not in str(case)
    last = (await desk.told(task, 3))[-1]
    assert (last.status, last.tell) == ("rejected", False)
    assert None in await until(lambda: desk.events(CONTACTS))
    assert list((desk.directory / "photos").rglob(str(photo.photo_id))) == []


async def test_a_confidential_report_cannot_be_silenced_by_a_click(
    desk: DeskProcess,
) -> None:
    task = a_confidential_task(desk)
    await desk.give(task)

    await desk.send((REPLIES, reply(desk, task, "withdraw", "vergesst es")))

    async def heard() -> bool:
        case = await desk.case_of(task)
        return "vergesst es" in [change["note"] for change in case["changes"]]

    await until(heard)
    case = await desk.case_of(task)
    assert (case["status"], case["description"]) == ("assigned", CANARY)


async def test_a_department_sees_that_its_reporter_was_told(desk: DeskProcess) -> None:
    task = desk.task()
    await desk.give(task)
    told = NotificationDelivered(
        event_id=uuid4(),
        occurred_at=datetime.now(UTC),
        report_id=task.report_id,
        version=2,
        channel=Channel.MAIL,
    )

    await desk.send((DELIVERIES, told), (DELIVERIES, told))

    async def seen() -> list[Any]:
        return list((await desk.case_of(task))["informed"])

    [informed] = await until(seen)
    assert (informed["version"], informed["channel"]) == (2, "mail")


async def test_a_photo_is_opened_for_its_department(desk: DeskProcess) -> None:
    photo = await a_photo(desk, report_id := uuid4())
    task = desk.task(report_id=report_id, photos=(photo,))
    await desk.give(task)

    async with desk.clerk("cleaning") as clerk:
        [shown] = (await desk.case_of(task))["photos"]
        found = await clerk.get(shown["href"])
        missing = await clerk.get(shown["href"][:-1] + "1")

    assert (found.status_code, found.content) == (200, b"\xff\xd8a picture")
    assert found.headers["content-type"] == "image/jpeg"
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["cache-control"] == "no-store"
    assert missing.status_code == 404


def reply(
    desk: DeskProcess,
    task: TaskAssigned,
    kind: str,
    words: str,
    at: datetime | None = None,
) -> Any:
    content = MessageContent(report_id=task.report_id, text=words)
    return a_reply(
        report_id=task.report_id,
        occurred_at=at or datetime.now(UTC),
        kind=ReplyKind(kind),
        content=desk.sealer.seal("desk", content),
    )


async def version(desk: DeskProcess, task: TaskAssigned, wanted: int) -> dict[str, Any]:
    """The case, once it has this version."""

    async def found() -> dict[str, Any] | None:
        case = await desk.case_of(task)
        return case if case["version"] == wanted else None

    case: dict[str, Any] = await until(found, what=f"version {wanted}")
    return case


async def a_photo(desk: DeskProcess, report_id: Any) -> Photo:
    photo = Photo(photo_id=uuid4(), key=b64encode(bytes(range(32))).decode())
    store = PhotoStore(f"file://{desk.directory}/photos")
    await store.put(report_id, photo, b"\xff\xd8a picture")
    return photo
