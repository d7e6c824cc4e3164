"""Topics ``tasks.<department>``: one per department, a border the broker can guard."""

from typing import Literal

from pydantic import AwareDatetime, Field, TypeAdapter

from shared.contracts.event import ReportFacts, Topic
from shared.contracts.vocabulary import DepartmentId, Sealed


class TaskAssigned(ReportFacts):
    """
    A report has been given to a department.

    ``content`` is a TaskContent sealed to ``department``. ``hand_over`` counts how
    often the report has been handed on; 0 is the first assignment. ``late``: the router
    has moved the report into the confidential lane after its first public version.
    ``further``: the report names several matters, and this is not the first of them.
    """

    type: Literal["task.assigned.v1"] = "task.assigned.v1"
    department: DepartmentId
    hand_over: int = Field(default=0, ge=0, le=1000)
    expected_at: AwareDatetime | None = None
    late: bool = False
    further: bool = False
    content: Sealed


_EVENTS = TypeAdapter(TaskAssigned)


def tasks(department: str) -> Topic[TaskAssigned]:
    """The topic of one department's tasks."""
    return Topic(
        name=f"tasks.{department}",
        events=_EVENTS,
        key=lambda event: str(event.report_id),
        written_by=("router",),
        read_by=("desk",),
        retention_days=30,
    )
