"""Tasks whose content the desk of a test can open."""

from typing import Any
from uuid import UUID, uuid4

from shared.contracts.content import DecisionRecord, ReportContent, TaskContent
from shared.contracts.event import event_id
from shared.contracts.tasks import TaskAssigned
from shared.contracts.vocabulary import Lane
from shared.sealing import Sealer, department_key
from tests.builders import a_task


def task_for(sealer: Sealer, department: str, **given: Any) -> TaskAssigned:
    """The router's task; ``description``, ``photos`` and ``similar`` go inside."""
    report_id = given.pop("report_id", None) or uuid4()
    names = ("description", "photos", "similar")
    inside = {name: given.pop(name) for name in names if name in given}
    content = content_for(report_id, department, **inside)
    hand_over = given.get("hand_over", 0)
    return a_task(
        **{
            "event_id": event_id(report_id, "task.assigned.v1", hand_over),
            "service_code": "illegal-dumping",
            "quarter": "Altendorf",
            "tell": True,
            "report_id": report_id,
            "department": department,
            "content": sealer.seal(department_key(department), content),
            **given,
        }
    )


def confidential_task(sealer: Sealer, words: str, **given: Any) -> TaskAssigned:
    """A task of which nothing is told but that it is there."""
    hidden = {"lane": Lane.CONFIDENTIAL, "service_code": None, "quarter": None}
    return task_for(sealer, "jugendamt", description=words, **{**hidden, **given})


def content_for(report_id: UUID, department: str, **given: Any) -> TaskContent:
    """What the department reads."""
    report = {
        "report_id": report_id,
        "description": "Sperrmüll auf dem Gehweg",
        "address": "Altendorfer Straße 12",
        "lat": 51.4567,
        "long": 6.9876,
        **given,
    }
    decision = DecisionRecord(
        department=department,
        service_code="illegal-dumping",
        because="Das Wort „Sperrmüll“ gehört zu wildem Müll.",
        rule="words",
        confidence=0.9,
        model_version="words",
        rules_version="1",
    )
    return TaskContent(
        report_id=report_id, report=ReportContent(**report), decision=decision
    )
