"""What intake answers: the bodies of its API."""

from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue

from services.intake.earlier import Proposal
from services.intake.reception import Receipt
from shared.city.city import City
from shared.city.models import PhoneNumber
from shared.city.wording import said_in
from shared.contracts.status import StatusChanged
from shared.contracts.vocabulary import Status
from shared.identity import shown

_CODE = "K7QM-2X9D-TTB4-0ZQW-8H3N-5VRC"
_FIRE_BRIGADE: JsonValue = {"number": "112", "name": "Feuerwehr und Rettungsdienst"}
_RECEIPT: dict[str, JsonValue] = {
    "report_id": "0b7a4c1e-52d7-8a3e-9f40-6f1f5c3a2b10",
    "tracking_code": _CODE,
    "status": "received",
    "links": {
        "tracking": f"https://melden.example.org/track#{_CODE}",
        "tracking_api": "https://melden.example.org/api/v1/tracking",
    },
}
_IN_DANGER: dict[str, JsonValue] = {
    **_RECEIPT,
    "emergency_numbers": [_FIRE_BRIGADE],
    "emergency": {
        "text": "Verlassen Sie das Haus und rufen Sie von draußen 112 an.",
        "numbers": [_FIRE_BRIGADE],
    },
}


class NumberOut(BaseModel):
    """Whom to call instead of writing."""

    number: str
    name: str


class EmergencyOut(BaseModel):
    """What to do now, and whom to call first."""

    text: str
    numbers: list[NumberOut]


class LinksOut(BaseModel):
    """Where to go from here. The code stands behind the #, so no server logs it."""

    tracking: str
    tracking_api: str


class ReportAccepted(BaseModel):
    """The receipt: the report is on record."""

    model_config = ConfigDict(json_schema_extra={"examples": [_RECEIPT, _IN_DANGER]})

    report_id: UUID
    tracking_code: str = Field(description="Keep it: whoever has it may see and reply.")
    status: Literal["received"] = "received"
    links: LinksOut
    emergency_numbers: list[NumberOut] | None = Field(
        default=None, description="Only where words may be too slow."
    )
    emergency: EmergencyOut | None = Field(
        default=None, description="What to do until help comes; in the same cases."
    )


class CaseOut(BaseModel):
    """A report as everybody may see it: no words, the place rounded to 50 m."""

    report_id: UUID
    status: Status
    version: int = Field(ge=1)
    service_code: str | None
    department: str | None
    quarter: str | None
    lat: float | None
    long: float | None
    received_at: AwareDatetime
    expected_at: AwareDatetime | None


class SimilarOut(BaseModel):
    """An open report that may be about the same; its place is known to 50 m."""

    report_id: UUID
    service_code: str | None
    status: Status
    received_at: AwareDatetime
    metres: int = Field(ge=0, description="How far off it is at least.")
    score: float = Field(ge=0, le=1, description="By place, time and service.")
    quarter: str | None


class ReplyAccepted(BaseModel):
    """The reply is on record."""

    report_id: UUID


def receipt_out(receipt: Receipt, city: City, public_url: str) -> ReportAccepted:
    """The receipt with its links, and whom to call where that would be faster."""
    code, course = shown(receipt.tracking_code), receipt.course
    told = course.shows_numbers
    return ReportAccepted(
        report_id=receipt.report_id,
        tracking_code=code,
        links=LinksOut(
            tracking=f"{public_url}/track#{code}",
            tracking_api=f"{public_url}/api/v1/tracking",
        ),
        emergency_numbers=numbers(city, course.language) if told else None,
        emergency=emergency(city, course.danger, course.language) if told else None,
    )


def emergency(city: City, danger: str | None, language: str) -> EmergencyOut | None:
    """The pack's advice for a danger in a language that it has, else in its own."""
    if city.emergency is None:
        return None
    advice = city.emergency.advice(danger)
    phones = city.emergency.numbers_of(advice, city.phone_numbers)
    return EmergencyOut(
        text=said_in(advice.text, language, city.language),
        numbers=[_number(phone, language, city) for phone in phones],
    )


def numbers(city: City, language: str) -> list[NumberOut]:
    """The city's emergency numbers in a language that it has, else in its own."""
    return [_number(phone, language, city) for phone in city.phone_numbers]


def _number(phone: PhoneNumber, language: str, city: City) -> NumberOut:
    name = phone.name.get(language, phone.name[city.language])
    return NumberOut(number=phone.number, name=name)


def similar_out(proposal: Proposal) -> SimilarOut:
    """What everybody may know of an earlier report."""
    state = proposal.state
    return SimilarOut(
        report_id=state.report_id,
        service_code=state.service_code,
        status=state.status,
        received_at=state.received_at,
        metres=proposal.metres,
        score=proposal.score,
        quarter=state.quarter,
    )


def case_out(state: StatusChanged) -> CaseOut:
    """The public part of a state."""
    return CaseOut(
        report_id=state.report_id,
        status=state.status,
        version=state.version,
        service_code=state.service_code,
        department=state.department,
        quarter=state.quarter,
        lat=state.place.lat if state.place else None,
        long=state.place.long if state.place else None,
        received_at=state.received_at,
        expected_at=state.expected_at,
    )
