"""Which department gets a report, and why. The one place for the router's mind."""

from dataclasses import dataclass
from datetime import datetime

from shared.city.city import City
from shared.city.instead import NOT_THE_CITY
from shared.city.routes import Facts, Route, route_for
from shared.classifier.reader import ANYTHING
from shared.classifier.reading import Reading
from shared.contracts.content import Alternative, DecisionRecord
from shared.contracts.vocabulary import Lane

RULES_VERSION = "2"

LEFT_TO_WORDS = ANYTHING | {NOT_THE_CITY}
"""Services that a citizen chooses when none fits: the words may know better."""


@dataclass(frozen=True, kw_only=True)
class Where:
    """Where and when a report is: ``at`` in the city's own time."""

    quarter: str | None
    areas: frozenset[str]
    at: datetime


@dataclass(frozen=True)
class Decision:
    """Where a report goes, in which lane, and the record that explains it."""

    lane: Lane
    record: DecisionRecord
    promised_days: int | None = None

    @property
    def department(self) -> str:
        """Who acts."""
        return self.record.department

    @property
    def routed(self) -> bool:
        """Whether it was sure enough to be sent on without a person's look."""
        return self.record.rule != "unsure"


def decide(
    asked: str | None, lane: Lane, reading: Reading, where: Where, city: City
) -> Decision:
    """
    Choose the department for a report.

    A confidential service that the citizen chose comes first, then confidential words,
    then a danger, which goes to whoever is fastest; then any other choice, then the
    words. Then the first of the city's routes that fits may choose another department
    than the service's own. Whatever nobody claims goes to moderation, so that every
    report has exactly one owner.
    """
    given = city.services.get(asked or "")
    if given is not None and given.lane == "confidential":
        return _as_asked(given.code, Lane.CONFIDENTIAL, reading, city)
    if reading.lane == "confidential":
        return _read(reading, Lane.CONFIDENTIAL, city, rule="words.confidential")
    if reading.lane == "danger":
        return _read(reading, Lane.DANGER, city, rule="words.danger")
    return _ordinary(asked, lane, reading, where, city)


def _ordinary(
    asked: str | None, lane: Lane, reading: Reading, where: Where, city: City
) -> Decision:
    """Neither a secret nor a danger: by choice, words, and the city's routes."""
    chosen = asked in city.services and asked not in LEFT_TO_WORDS
    service = asked if chosen else reading.service_code
    if service is None:
        return _unsure(lane, reading, city)
    route = route_for(_facts(service, chosen, lane, reading, where, city), city.routes)
    if route is not None:
        return _routed(route, service, lane, reading, city)
    if chosen:
        return _as_asked(service, lane, reading, city)
    return _read(reading, lane, city, rule="words")


def _facts(
    service: str, chosen: bool, lane: Lane, reading: Reading, where: Where, city: City
) -> Facts:
    return Facts(
        service=service,
        asked=chosen,
        lane=lane.value,
        language=reading.language,
        quarter=where.quarter,
        district=city.quarters.get(where.quarter or ""),
        areas=where.areas,
        at=where.at,
    )


def _routed(
    route: Route, service: str, lane: Lane, reading: Reading, city: City
) -> Decision:
    """A rule of the pack decides."""
    record = _record(
        route.to,
        route.service or service,
        route.because,
        f"route.{route.id}",
        reading.confidence,
        reading,
        city,
    )
    return Decision(lane, record, route.promised_days)


def _as_asked(asked: str, lane: Lane, reading: Reading, city: City) -> Decision:
    department = city.department_of(asked)
    service = city.services[asked].name["de"]
    because = f"Gemeldet als „{service}“: zuständig ist {name_of(department, city)}."
    return Decision(
        lane, _record(department, asked, because, "service.asked", 1.0, reading, city)
    )


def _read(reading: Reading, lane: Lane, city: City, *, rule: str) -> Decision:
    department = reading.department
    service = city.services[reading.service_code or "other"].name["de"]
    because = f"Gelesen als „{service}“: zuständig ist {name_of(department, city)}."
    record = _record(
        department,
        reading.service_code,
        because,
        rule,
        reading.confidence,
        reading,
        city,
    )
    return Decision(lane, record)


def _unsure(lane: Lane, reading: Reading, city: City) -> Decision:
    because = "Die Wörter entscheiden nicht: ein Mensch muss es lesen."
    record = _record(
        city.moderation, None, because, "unsure", reading.confidence, reading, city
    )
    return Decision(lane, record)


def name_of(department: str, city: City) -> str:
    """The department's name for people; its id when the city does not know it."""
    known = city.departments.get(department)
    return known.name["de"] if known else department


def _instead(service: str | None, reading: Reading, city: City) -> str:
    """Whom to ask about what is not the city's business, if the words say so."""
    signpost = city.instead.get(reading.instead or "")
    if service != NOT_THE_CITY or signpost is None:
        return ""
    return f" Den Wörtern nach: {signpost.said(city.language)}"


def _record(
    department: str,
    service: str | None,
    because: str,
    rule: str,
    confidence: float,
    reading: Reading,
    city: City,
) -> DecisionRecord:
    return DecisionRecord(
        department=department,
        service_code=service,
        because=because + _instead(service, reading, city),
        rule=rule,
        confidence=confidence,
        words=reading.words,
        alternatives=tuple(
            Alternative(
                service_code=code,
                department=city.department_of(code),
                confidence=share,
            )
            for code, share in reading.alternatives
        ),
        model_version=reading.model_version,
        rules_version=f"{city.id}-{RULES_VERSION}",
    )
