"""Intake's decisions: what is wrong with a report, and how it travels."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.intake.likeness import Subject, subject_of
from services.intake.lists import CLOSED
from services.intake.schemas import ReportIn
from shared.city.city import City
from shared.city.place import rounded
from shared.classifier.reader import Reader
from shared.classifier.reading import Reading
from shared.contracts.content import DecisionRecord
from shared.contracts.status import Place
from shared.contracts.vocabulary import Lane, ReplyKind, Status
from shared.web.problems import FieldError

RULES_VERSION = "intake-1"
REOPENABLE_FOR = timedelta(days=14)


@dataclass(frozen=True)
class Course:
    """
    How a report travels. ``decision`` only where intake itself must decide.

    ``urgent``: it is a danger, or might be one. ``subject``: what an earlier report
    must be about to be proposed instead.
    """

    lane: Lane
    language: str
    quarter: str | None
    place: Place | None
    urgent: bool
    decision: DecisionRecord | None
    subject: Subject | None = None

    @property
    def shows_numbers(self) -> bool:
        """Whether the reporter should be told whom to call."""
        return self.urgent or self.lane is Lane.CONFIDENTIAL


def faults(report: ReportIn, city: City) -> Iterator[FieldError]:
    """What is wrong though every field is well formed."""
    if report.service_code is not None and report.service_code not in city.services:
        yield FieldError("service_code", "is not a service of this city")
    if (report.lat is None) != (report.long is None):
        missing = "lat" if report.lat is None else "long"
        yield FieldError(missing, "lat and long belong together")
    elif report.lat is not None and not city.contains(report.lat, report.long or 0.0):
        yield FieldError("lat", "the place is outside the city")
        yield FieldError("long", "the place is outside the city")


def course(report: ReportIn, reader: Reader) -> Course:
    """Which lane, and in the confidential one which department and why."""
    wanted = report.contact.language if report.contact else None
    city = reader.city
    reading = reader.read(report.description, wanted)
    lane = _lane(report, reading, city)
    alarming = reading.urgent or reading.doubtful
    if lane is Lane.CONFIDENTIAL:
        decision = _confidential_decision(report, reading, city)
        return Course(lane, reading.language, None, None, alarming, decision)
    quarter, place = _where(report, city)
    subject = subject_of(report, reading, city)
    return Course(lane, reading.language, quarter, place, alarming, None, subject)


def senseless(
    kind: ReplyKind, status: Status, changed_at: datetime, now: datetime
) -> str | None:
    """Why a reply makes no sense in this status, or None."""
    if kind is ReplyKind.ANSWER and status is not Status.QUESTION:
        return "nothing was asked"
    if kind is ReplyKind.WITHDRAW and status in CLOSED:
        return "the report is already closed"
    if kind is ReplyKind.REOPEN:
        if status not in {Status.DONE, Status.REJECTED}:
            return "the report is not closed"
        if now - changed_at > REOPENABLE_FOR:
            return "it was closed more than 14 days ago"
    return None


def _lane(report: ReportIn, reading: Reading, city: City) -> Lane:
    service = city.services.get(report.service_code or "")
    if report.confidential or (service and service.lane == "confidential"):
        return Lane.CONFIDENTIAL
    return Lane(reading.lane)


def _confidential_decision(
    report: ReportIn, reading: Reading, city: City
) -> DecisionRecord:
    """
    The department that alone will read the report.

    A confidential service decides, then words that name one, then what else was
    said; what decides nothing goes to the department of the pack for this.
    """
    given = city.services.get(report.service_code or "")
    if given is not None and given.lane == "confidential":
        return _record(given.department, given.code, "service.given", reading)
    if reading.lane == "confidential":
        return _record(reading.department, reading.service_code, "words", reading)
    if given is not None and given.department != city.moderation:
        return _record(given.department, given.code, "service.given", reading)
    if reading.service_code is not None and reading.department != city.moderation:
        return _record(reading.department, reading.service_code, "words", reading)
    return _record(city.confidential, None, "nothing.decides", reading)


_BECAUSE = {
    "service.given": "Die meldende Person hat die Leistung gewählt.",
    "words": "Die Worte der Meldung nennen sie.",
    "nothing.decides": "Vertraulich, und kein Wort entscheidet.",
}


def _record(
    department: str, service_code: str | None, rule: str, reading: Reading
) -> DecisionRecord:
    sure = {"service.given": 1.0, "nothing.decides": 0.0}
    return DecisionRecord(
        department=department,
        service_code=service_code,
        because=_BECAUSE[rule],
        rule=f"intake.confidential.{rule}",
        confidence=sure.get(rule, reading.confidence),
        words=reading.words,
        model_version=reading.model_version,
        rules_version=RULES_VERSION,
    )


def _where(report: ReportIn, city: City) -> tuple[str | None, Place | None]:
    """The quarter, and the place as exactly as the public may know it."""
    if report.lat is None or report.long is None:
        return None, None
    lat, long = rounded(report.lat, report.long)
    return city.quarter_of(report.lat, report.long), Place(lat=lat, long=long)
