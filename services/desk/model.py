"""A report and its cases, as the desk keeps them."""

from datetime import datetime
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict

from shared.contracts.content import TaskContent
from shared.contracts.status import Message, Place, Step
from shared.contracts.vocabulary import Lane, Status

LAST_MESSAGES = 20
"""So many words to the reporter travel in one event, so that it stays small."""


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", from_attributes=True)


class Report(_Row):
    """What all departments and the reporter share: the public state, by version."""

    report_id: UUID
    version: int
    status: Status
    lane: Lane
    language: str
    service_code: str | None = None
    department: str | None = None
    quarter: str | None = None
    place: Place | None = None
    received_at: AwareDatetime
    expected_at: AwareDatetime | None = None
    tell: bool = False
    returned_by: tuple[str, ...] = ()
    history: tuple[Step, ...] = ()
    messages: tuple[Message, ...] = ()

    def stepped(
        self,
        status: Status,
        at: datetime,
        department: str | None,
        sealed: str | None = None,
    ) -> "Report":
        """The next version, with its step and perhaps words to the reporter."""
        version = self.version + 1
        step = Step(version=version, status=status, at=at, department=department)
        said = (
            () if sealed is None else (Message(version=version, at=at, content=sealed),)
        )
        return self.model_copy(
            update={
                "version": version,
                "status": status,
                "department": department,
                "history": (*self.history, step),
                "messages": (*self.messages, *said)[-LAST_MESSAGES:],
            }
        )

    def confided(self) -> "Report":
        """The next version of a report that turns out to be confidential: a blank."""
        return self.model_copy(
            update={
                "version": self.version + 1,
                "status": Status.RECEIVED,
                "lane": Lane.CONFIDENTIAL,
                "service_code": None,
                "department": None,
                "quarter": None,
                "place": None,
                "expected_at": None,
                "tell": False,
                "history": self.history[:1],
                "messages": (),
            }
        )


class Case(_Row):
    """
    A report at one department.

    ``content`` is readable; a confidential case has only ``sealed``, which is opened
    for reading after the audit entry was written. Both are None after erasure.
    """

    report_id: UUID
    department: str
    status: Status
    lane: Lane
    service_code: str | None = None
    quarter: str | None = None
    received_at: AwareDatetime
    expected_at: AwareDatetime | None = None
    hand_over: int = 0
    content: TaskContent | None = None
    sealed: str | None = None
    closed_at: AwareDatetime | None = None


class Change(_Row):
    """One field of a case that somebody changed; ``sealed`` words are confidential."""

    at: AwareDatetime
    who: str
    field: str
    before: str | None = None
    after: str | None = None
    note: str | None = None
    sealed: str | None = None
    version: int


class Earlier(_Row):
    """An earlier case of the same department that may be about the same."""

    report_id: UUID
    status: Status
    received_at: AwareDatetime
    score: float


class Informed(_Row):
    """What became of a message to the reporter."""

    version: int
    channel: str
    at: AwareDatetime
    failed: str | None = None
