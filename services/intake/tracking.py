"""What a reporter sees of a report: pure presentation of its public state."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from shared.city.city import City
from shared.contracts.status import Message, StatusChanged, Step
from shared.contracts.vocabulary import Lane, Status

OpenMessage = Callable[[UUID, Message], str | None]


class StepOut(BaseModel):
    """One step of a report."""

    version: int
    status: Status
    at: AwareDatetime
    department: str | None = None


class MessageOut(BaseModel):
    """A message to the reporter."""

    version: int
    at: AwareDatetime
    text: str


class TrackingOut(BaseModel):
    """Where a report stands."""

    report_id: UUID
    status: Status
    version: int = Field(ge=1)
    department: str | None = None
    department_name: str | None = None
    expected_at: AwareDatetime | None = None
    history: list[StepOut]
    messages: list[MessageOut]


def tracked(state: StatusChanged, city: City, open_message: OpenMessage) -> TrackingOut:
    """The state for its reporter; a confidential one says "received" for ever."""
    if state.lane is Lane.CONFIDENTIAL:
        return _only_received(state.report_id, state.received_at)
    department = city.departments.get(state.department or "")
    return TrackingOut(
        report_id=state.report_id,
        status=state.status,
        version=state.version,
        department=state.department,
        department_name=department.name[city.language] if department else None,
        expected_at=state.expected_at,
        history=[_step(step) for step in state.history],
        messages=[
            MessageOut(version=message.version, at=message.at, text=text)
            for message in state.messages
            if (text := open_message(state.report_id, message)) is not None
        ],
    )


def changed_at(state: StatusChanged) -> datetime:
    """Since when the report stands where it stands."""
    same = [step.at for step in state.history if step.status == state.status]
    return max(same, default=state.occurred_at)


def _step(step: Step) -> StepOut:
    return StepOut(
        version=step.version, status=step.status, at=step.at, department=step.department
    )


def _only_received(report_id: UUID, received_at: datetime) -> TrackingOut:
    first = StepOut(version=1, status=Status.RECEIVED, at=received_at)
    return TrackingOut(
        report_id=report_id,
        status=Status.RECEIVED,
        version=1,
        history=[first],
        messages=[],
    )
