"""Topic ``returns``: what a department says was decided wrongly."""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from shared.contracts.event import ReportFacts, Topic
from shared.contracts.vocabulary import DepartmentId, Sealed, ServiceCode


class TaskReturned(ReportFacts):
    """
    A department has handed a task back.

    ``content`` is a ReturnContent sealed to the router; in the confidential lane it
    is a TaskContent sealed to ``to_department``, which must then be given.
    ``returned_by`` names all who returned this report so far, the latest last, and
    ``also_at`` who has another matter of it. ``hand_over`` is that of the returned
    task, or of the latest one of a report that was split, so that it counts on.
    """

    type: Literal["task.returned.v1"] = "task.returned.v1"
    department: DepartmentId
    to_department: DepartmentId | None = None
    returned_by: tuple[DepartmentId, ...] = ()
    also_at: tuple[DepartmentId, ...] = ()
    hand_over: int = Field(default=0, ge=0, le=1000)
    content: Sealed


class ServiceCorrected(ReportFacts):
    """
    A department has said what a report that it keeps is really about.

    ``service_code`` is the right one, ``before`` what it was taken for; ``content`` is
    a ReturnContent sealed to the router. There is none in the confidential lane.
    ``also_at`` names who has another matter of the report.
    """

    type: Literal["service.corrected.v1"] = "service.corrected.v1"
    department: DepartmentId
    service_code: ServiceCode
    before: ServiceCode | None = None
    also_at: tuple[DepartmentId, ...] = ()
    content: Sealed


Returned = Annotated[TaskReturned | ServiceCorrected, Field(discriminator="type")]

RETURNS: Topic[TaskReturned | ServiceCorrected] = Topic(
    name="returns",
    events=TypeAdapter(Returned),
    key=lambda event: str(event.report_id),
    written_by=("desk",),
    read_by=("router",),
    retention_days=365,
)
