"""A service of a city: what can be reported."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from shared.city.models import Part
from shared.city.questions import MOST_QUESTIONS, Question, asked_once


class Service(Part):
    """What can be reported, who acts on it, and how soon the city promises to."""

    code: str
    name: dict[str, str]
    department: str
    lane: Literal["normal", "confidential"] = "normal"
    public: bool
    promised_days: int = Field(ge=1, le=60)
    common: str | None = Field(
        default=None,
        description="Its category where cities compare themselves.",
    )
    duplicate_metres: int = Field(
        default=0,
        ge=0,
        le=1000,
        description="So near, two reports may be about the same; 0: never.",
    )
    duplicate_days: int = Field(
        default=30, ge=1, le=365, description="So long may lie between them."
    )
    questions: Annotated[tuple[Question, ...], AfterValidator(asked_once)] = Field(
        default=(),
        max_length=MOST_QUESTIONS,
        description="What helps the department to act, most important first.",
    )
