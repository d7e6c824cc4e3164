"""A report's next version."""

from datetime import UTC, datetime
from uuid import uuid4

from services.desk.model import LAST_MESSAGES, Report
from shared.contracts.status import Place, Step
from shared.contracts.vocabulary import Lane, Status

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def a_report() -> Report:
    return Report(
        report_id=uuid4(),
        version=1,
        status=Status.RECEIVED,
        lane=Lane.NORMAL,
        language="de",
        service_code="dirt",
        quarter="Altendorf",
        place=Place(lat=51.4, long=7.0),
        received_at=NOON,
        expected_at=NOON,
        tell=True,
        history=(Step(version=1, status=Status.RECEIVED, at=NOON),),
    )


def test_a_step_takes_the_next_version_and_carries_the_whole_history() -> None:
    report = a_report().stepped(Status.ASSIGNED, NOON, "cleaning")
    report = report.stepped(Status.QUESTION, NOON, "cleaning", "c2VhbGVk")

    assert (report.version, report.status) == (3, Status.QUESTION)
    assert [step.version for step in report.history] == [1, 2, 3]
    assert [message.version for message in report.messages] == [3]


def test_an_event_stays_small_however_much_is_said() -> None:
    report = a_report()
    for _ in range(LAST_MESSAGES + 5):
        report = report.stepped(Status.QUESTION, NOON, "cleaning", "c2VhbGVk")

    assert len(report.messages) == LAST_MESSAGES
    assert report.messages[-1].version == report.version


def test_a_report_that_turns_out_confidential_shows_that_it_came_and_no_more() -> None:
    assigned = a_report().stepped(Status.ASSIGNED, NOON, "cleaning", "c2VhbGVk")

    blank = assigned.confided()

    shown = blank.model_dump(exclude={"report_id", "received_at", "returned_by"})
    assert shown == {
        "version": 3,
        "status": Status.RECEIVED,
        "lane": Lane.CONFIDENTIAL,
        "language": "de",
        "service_code": None,
        "department": None,
        "quarter": None,
        "place": None,
        "expected_at": None,
        "tell": False,
        "history": assigned.model_dump()["history"][:1],
        "messages": (),
    }
