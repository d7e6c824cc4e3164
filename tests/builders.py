"""Valid events for tests: name only what the test is about."""

from base64 import b64encode
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from shared.contracts.replies import ReplyReceived
from shared.contracts.reports import ReportReceived
from shared.contracts.returns import ServiceCorrected, TaskReturned
from shared.contracts.status import StatusChanged, Step
from shared.contracts.tasks import TaskAssigned
from shared.contracts.vocabulary import Lane, ReplyKind, Status

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SEALED = b64encode(b"sealed with a key that nobody has").decode()


def a_reply(**given: Any) -> ReplyReceived:
    """A reporter's answer."""
    return ReplyReceived(
        **{
            "event_id": uuid4(),
            "occurred_at": NOON,
            "report_id": uuid4(),
            "kind": ReplyKind.ANSWER,
            "content": SEALED,
            **given,
        }
    )


def a_report(**given: Any) -> ReportReceived:
    """A report, as intake publishes it."""
    return ReportReceived(
        **{
            "event_id": uuid4(),
            "occurred_at": NOON,
            "report_id": uuid4(),
            "lane": Lane.NORMAL,
            "language": "de",
            "received_at": NOON,
            "content": SEALED,
            **given,
        }
    )


def a_task(**given: Any) -> TaskAssigned:
    """A task, as the router publishes it."""
    return TaskAssigned(
        **{
            "event_id": uuid4(),
            "occurred_at": NOON,
            "report_id": uuid4(),
            "department": "cleaning",
            "lane": Lane.NORMAL,
            "language": "de",
            "received_at": NOON,
            "content": SEALED,
            **given,
        }
    )


def a_return(**given: Any) -> TaskReturned:
    """A task on its way back, as the desk publishes it."""
    return TaskReturned(
        **{
            "event_id": uuid4(),
            "occurred_at": NOON,
            "report_id": uuid4(),
            "department": "cleaning",
            "lane": Lane.NORMAL,
            "language": "de",
            "received_at": NOON,
            "content": SEALED,
            **given,
        }
    )


def a_correction(**given: Any) -> ServiceCorrected:
    """A service that was put right, as the desk publishes it."""
    return ServiceCorrected(
        **{
            "event_id": uuid4(),
            "occurred_at": NOON,
            "report_id": uuid4(),
            "department": "cleaning",
            "lane": Lane.NORMAL,
            "language": "de",
            "service_code": "dirt",
            "received_at": NOON,
            "content": SEALED,
            **given,
        }
    )


def a_status(**given: Any) -> StatusChanged:
    """A public state; its history has one step unless given."""
    version = given.get("version", 1)
    status = given.get("status", Status.RECEIVED)
    return StatusChanged(
        **{
            "event_id": uuid4(),
            "occurred_at": NOON,
            "report_id": uuid4(),
            "version": version,
            "status": status,
            "lane": Lane.NORMAL,
            "language": "de",
            "received_at": NOON,
            "history": (Step(version=version, status=status, at=NOON),),
            **given,
        }
    )
