"""Topic ``status``: the whole public state of a report, version by version."""

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

from shared.contracts.event import ReportFacts, Topic
from shared.contracts.vocabulary import DepartmentId, Sealed, Status, Version


class Step(BaseModel):
    """One public step of a report."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    version: Version
    status: Status
    at: AwareDatetime
    department: DepartmentId | None = None


class Message(BaseModel):
    """A message to the reporter: a MessageContent sealed to the citizens' side."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    version: Version
    at: AwareDatetime
    content: Sealed


class Place(BaseModel):
    """A place rounded to 50 m. WGS 84 degrees."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    lat: float = Field(ge=-90, le=90)
    long: float = Field(ge=-180, le=180)


class StatusChanged(ReportFacts):
    """
    The public state of a report has a new version.

    It carries the whole state, so that the newest alone rebuilds every view.
    In the confidential lane there is no service, department, quarter or place.
    ``tell`` says that somebody wants to be told of it.
    """

    type: Literal["status.changed.v1"] = "status.changed.v1"
    version: Version
    status: Status
    department: DepartmentId | None = None
    place: Place | None = None
    expected_at: AwareDatetime | None = None
    history: tuple[Step, ...] = ()
    messages: tuple[Message, ...] = ()


STATUS: Topic[StatusChanged] = Topic(
    name="status",
    events=TypeAdapter(StatusChanged),
    key=lambda event: str(event.report_id),
    written_by=("intake", "desk"),
    read_by=("intake", "notifier", "lagebild"),
    compact=True,
    min_compaction_lag_hours=7 * 24,
)
