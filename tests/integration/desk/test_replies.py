"""What reporters say, and what they were told."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from shared.contracts.contacts import CONTACTS
from shared.contracts.content import MessageContent, Photo
from shared.contracts.deliveries import DELIVERIES, NotificationDelivered
from shared.contracts.replies import REPLIES
from shared.contracts.tasks import TaskAssigned
from shared.contracts.vocabulary import Channel, ReplyKind
from shared.photos import PhotoStore
from tests.builders import a_reply
from tests.integration.desk.desk import Desk
from tests.integration.desk.tasks import confidential_task
from tests.waiting import until

CANARY = "Nachts schreit nebenan ein Kind kanarienvogel"


async def test_an_answer_brings_the_case_back_to_work(desk: Desk) -> None:
    task = desk.task()
    await desk.give(task)
    await desk.change(task, "question", 2, public_note="Wo genau?")

    await desk.send((REPLIES, reply(desk, task, "answer", "Hinter dem Kiosk")))

    case = await version(desk, task, 4)
    assert case["status"] == "in_progress"
    assert "Hinter dem Kiosk" in [change["note"] for change in case["changes"]]
    assert (await desk.told(task, 3))[-1].status == "in_progress"


async def test_a_reporter_may_say_within_two_weeks_that_it_is_not_fixed(
    desk: Desk,
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
    desk: Desk,
) -> None:
    task, other = desk.task(), desk.task()
    early = reply(desk, task, "follow", "Auch vor Nummer 14")
    await desk.send((REPLIES, early))
    mine = f"report_id IN ('{task.report_id}', '{task.report_id.hex}')"
    await until(lambda: desk.rows(f"SELECT 1 FROM early_replies WHERE {mine}"))

    await desk.give(task, other)

    case = await desk.case_of(task)
    assert "Auch vor Nummer 14" in [change["note"] for change in case["changes"]]


async def test_a_report_that_was_taken_back_leaves_no_words(desk: Desk) -> None:
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
    desk: Desk,
) -> None:
    task = confidential_task(desk.sealer, CANARY)
    await desk.give(task)

    await desk.send((REPLIES, reply(desk, task, "withdraw", "vergesst es")))

    async def heard() -> bool:
        case = await desk.case_of(task)
        return "vergesst es" in [change["note"] for change in case["changes"]]

    await until(heard)
    case = await desk.case_of(task)
    assert (case["status"], case["description"]) == ("assigned", CANARY)


async def test_a_department_sees_that_its_reporter_was_told(desk: Desk) -> None:
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


async def test_a_photo_is_opened_for_its_department(desk: Desk) -> None:
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
    desk: Desk,
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


async def version(desk: Desk, task: TaskAssigned, wanted: int) -> dict[str, Any]:
    """The case, once it has this version."""

    async def found() -> dict[str, Any] | None:
        case = await desk.case_of(task)
        return case if case["version"] == wanted else None

    case: dict[str, Any] = await until(found, what=f"version {wanted}")
    return case


async def a_photo(desk: Desk, report_id: Any) -> Photo:
    photo = Photo(photo_id=uuid4(), key=b64encode(bytes(range(32))).decode())
    store = PhotoStore(f"file://{desk.directory}/photos")
    await store.put(report_id, photo, b"\xff\xd8a picture")
    return photo
