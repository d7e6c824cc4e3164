"""What the desk's API takes and answers."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
)

from shared.contracts.content import DecisionRecord
from shared.contracts.status import Step
from shared.contracts.vocabulary import DepartmentId, Lane, ServiceCode, Status

REPORT_ID = "1b4e28ba-2fa1-8d2e-883f-0016d3cca427"

READABLE = r"^[^\x00\u202A-\u202E\u2066-\u2069]*$"
"""No NUL, and no characters that turn the direction of what follows."""

Words = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=4000, pattern=READABLE
    ),
]

SearchWords = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=200, pattern=READABLE),
]


class Transition(BaseModel):
    """What a clerk wants to happen with a case."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"to": "in_progress", "note": "Kolonne 4 fährt morgen"},
                {"to": "question", "public_note": "An welchem Mast fehlt das Licht?"},
                {"to": "returned", "note": "Privatgrund", "department": "public-order"},
            ]
        },
    )

    to: Status
    note: Words | None = Field(default=None, description="For colleagues only.")
    public_note: Words | None = Field(default=None, description="For the reporter.")
    department: DepartmentId | None = Field(
        default=None,
        description="Only with `returned`: whose it is. Needed if confidential.",
    )
    expected_at: AwareDatetime | None = Field(
        default=None, description="Until when it will be done. In the future."
    )
    service_code: ServiceCode | None = Field(
        default=None, description="What it is really about, if that was not seen."
    )
    duplicate_of: UUID | None = Field(
        default=None, description="Only with `duplicate`: the case that goes on."
    )


class CaseShown(BaseModel):
    """A case in the inbox."""

    report_id: UUID = Field(examples=[REPORT_ID])
    version: int
    status: Status
    lane: Lane
    service_code: str | None
    department: str
    quarter: str | None
    received_at: datetime
    expected_at: datetime | None
    summary: str | None = Field(description="How it begins; not if confidential.")


class PhotoShown(BaseModel):
    """Where a photo is."""

    href: str


class ChangeShown(BaseModel):
    """A field that was changed, by whom; or words that were said."""

    at: datetime
    who: str
    field: str
    before: str | None
    after: str | None
    note: str | None
    version: int


class InformedShown(BaseModel):
    """What became of a message to the reporter; ``failed`` is a code."""

    version: int
    channel: str
    at: datetime
    failed: str | None


class SimilarShown(BaseModel):
    """An earlier case of the same department that may be about the same."""

    report_id: UUID
    status: Status
    received_at: datetime
    score: float = Field(ge=0, le=1, description="By place, time and service.")


class WholeCase(CaseShown):
    """A case with its content opened; empty after it was taken back."""

    language: str
    description: str | None
    address: str | None
    lat: float | None
    long: float | None
    attributes: dict[str, str]
    photos: list[PhotoShown]
    decision: DecisionRecord | None = Field(description="Why it came here.")
    similar: list[SimilarShown] = Field(description="Perhaps reported before.")
    history: list[Step]
    changes: list[ChangeShown]
    informed: list[InformedShown]
    allowed: list[Status] = Field(description="Where it may go from here.")


EXAMPLE_CASE: dict[str, Any] = {
    "report_id": REPORT_ID,
    "version": 2,
    "status": "assigned",
    "lane": "normal",
    "service_code": "illegal-dumping",
    "department": "cleaning",
    "quarter": "Altendorf",
    "received_at": "2026-11-23T08:15:00Z",
    "expected_at": "2026-11-26T17:00:00Z",
    "summary": "Sperrmüll auf dem Gehweg",
}
