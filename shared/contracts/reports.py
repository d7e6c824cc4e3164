"""Topic ``reports``: what intake has accepted."""

from typing import Literal

from pydantic import TypeAdapter

from shared.contracts.event import ReportFacts, Topic
from shared.contracts.vocabulary import DepartmentId, Sealed


class ReportReceived(ReportFacts):
    """
    A citizen's report has passed intake.

    ``content`` is a ReportContent sealed to the router. In the confidential lane it
    is a TaskContent sealed straight to ``department``; no service, no quarter is told.
    """

    type: Literal["report.received.v1"] = "report.received.v1"
    department: DepartmentId | None = None
    content: Sealed


REPORTS: Topic[ReportReceived] = Topic(
    name="reports",
    events=TypeAdapter(ReportReceived),
    key=lambda event: str(event.report_id),
    written_by=("intake",),
    read_by=("router", "lagebild"),
    retention_days=7,
)
