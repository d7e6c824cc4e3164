"""Topic ``returns``: not ours, and whose it is."""

from typing import Literal

from pydantic import Field, TypeAdapter

from shared.contracts.event import ReportFacts, Topic
from shared.contracts.vocabulary import DepartmentId, Sealed


class TaskReturned(ReportFacts):
    """
    A department has handed a task back.

    ``content`` is a ReturnContent sealed to the router; in the confidential lane it
    is a TaskContent sealed to ``to_department``, which must then be given.
    ``hand_over`` is that of the returned task; ``returned_by`` names all who returned
    this report so far, the latest last.
    """

    type: Literal["task.returned.v1"] = "task.returned.v1"
    department: DepartmentId
    to_department: DepartmentId | None = None
    returned_by: tuple[DepartmentId, ...] = ()
    hand_over: int = Field(default=0, ge=0, le=1000)
    content: Sealed


RETURNS: Topic[TaskReturned] = Topic(
    name="returns",
    events=TypeAdapter(TaskReturned),
    key=lambda event: str(event.report_id),
    written_by=("desk",),
    read_by=("router",),
    retention_days=365,
)
