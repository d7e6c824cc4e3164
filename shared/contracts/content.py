"""What travels sealed inside events: only its recipient can read it."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from shared.contracts.vocabulary import DepartmentId, Language, ServiceCode

Text = Annotated[str, StringConstraints(max_length=4000)]


class Content(BaseModel):
    """Sealed content; names its report, so that it cannot be moved to another."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    report_id: UUID


class Photo(BaseModel):
    """An encrypted photo in the store, and the key that opens it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    photo_id: UUID
    key: str = Field(description="XSalsa20-Poly1305 key, base64", max_length=64)
    media_type: str = Field(default="image/jpeg", max_length=40)


class Similar(BaseModel):
    """An earlier, public report that may be about the same. The score only orders."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    report_id: UUID
    score: float = Field(ge=0, le=1)


class ReportContent(Content):
    """
    What the citizen said. ``lat`` and ``long`` are WGS 84 degrees.

    ``similar``: what intake found near it when it came, the likeliest first.
    """

    description: Text
    address: Annotated[str, StringConstraints(max_length=300)] | None = None
    lat: float | None = None
    long: float | None = None
    attributes: dict[str, str] = Field(default_factory=dict)
    photos: tuple[Photo, ...] = ()
    similar: tuple[Similar, ...] = ()


class Alternative(BaseModel):
    """Another service that the report could have been."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    service_code: ServiceCode
    department: DepartmentId
    confidence: float = Field(ge=0, le=1)


class DecisionRecord(BaseModel):
    """Why a department got a task: what was decided, by which rule, how surely."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    department: DepartmentId
    service_code: ServiceCode | None = None
    because: str = Field(max_length=500)
    rule: str = Field(max_length=100)
    confidence: float = Field(ge=0, le=1)
    words: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    model_version: str = Field(max_length=80)
    rules_version: str = Field(max_length=80)


class TaskContent(Content):
    """What a department must know to work: the report, and why it came here."""

    report: ReportContent
    decision: DecisionRecord


class ReturnContent(Content):
    """A task on its way back to the router, with the clerk's reason."""

    report: ReportContent
    reason: Text


class ContactContent(Content):
    """How the reporter wants to be told."""

    email: str | None = Field(default=None, max_length=254)
    webhook: str | None = Field(default=None, max_length=2000)
    language: Language = "de"
    tracking_code: str = Field(max_length=40)


class MessageContent(Content):
    """Words between department and reporter."""

    text: Text
