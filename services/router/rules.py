"""Which department gets a report, and why. The one place for the router's mind."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.city.city import City
from shared.city.words import Reading
from shared.contracts.content import Alternative, DecisionRecord
from shared.contracts.vocabulary import Lane

MODEL_VERSION = "words-1"
RULES_VERSION = "1"

ANYTHING = frozenset({"other", "not-the-city"})
"""Services that a citizen chooses when none fits: the words may know better."""


@dataclass(frozen=True)
class Decision:
    """Where a report goes, in which lane, and the record that explains it."""

    lane: Lane
    record: DecisionRecord

    @property
    def department(self) -> str:
        """Who acts."""
        return self.record.department


def decide(asked: str | None, lane: Lane, reading: Reading, city: City) -> Decision:
    """
    Choose the department for a report.

    Confidential words come first, then the service that the citizen chose, then the
    words. Whatever nobody claims goes to moderation, so that every report has exactly
    one owner.
    """
    if reading.lane == "confidential":
        return _by_words(reading, Lane.CONFIDENTIAL, city, rule="words.confidential")
    lane = Lane.DANGER if reading.lane == "danger" else lane
    if asked is not None and asked in city.services and asked not in ANYTHING:
        return _as_asked(asked, lane, reading, city)
    if reading.service_code is not None:
        rule = "words.danger" if lane is Lane.DANGER else "words"
        return _by_words(reading, lane, city, rule=rule)
    return _unsure(lane, reading, city)


def decide_again(
    wish: str | None, returned_by: Sequence[str], first: Decision, city: City
) -> Decision:
    """
    Choose anew after a department has said: not ours.

    *returned_by* names all who said so, the latest last. Its wish counts; else the
    next best guess that has not returned it yet; else
    moderation.
    """
    if wish is not None and wish in city.departments:
        sender, target = _name(returned_by[-1], city), _name(wish, city)
        because = f"{sender} hat abgegeben an: {target}."
        return _moved(first, wish, first.record.service_code, because, "returned.wish")
    guesses = [(first.record.service_code, first.department)] + [
        (other.service_code, other.department) for other in first.record.alternatives
    ]
    for code, department in guesses:
        if department not in returned_by:
            because = f"Nächstbeste Zuordnung nach Rückgabe: {_name(department, city)}."
            return _moved(first, department, code, because, "returned.next")
    return _moved(
        first,
        city.moderation,
        None,
        "Niemand hält sich für zuständig.",
        "returned.nobody",
    )


def _as_asked(asked: str, lane: Lane, reading: Reading, city: City) -> Decision:
    department = city.department_of(asked)
    service = city.services[asked].name["de"]
    because = f"Gemeldet als „{service}“: zuständig ist {_name(department, city)}."
    return Decision(
        lane, _record(department, asked, because, "service.asked", 1.0, reading, city)
    )


def _by_words(reading: Reading, lane: Lane, city: City, *, rule: str) -> Decision:
    department = reading.department
    service = city.services[reading.service_code or "other"].name["de"]
    because = f"Gelesen als „{service}“: zuständig ist {_name(department, city)}."
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


def _name(department: str, city: City) -> str:
    """The department's name for people; its id when the city does not know it."""
    known = city.departments.get(department)
    return known.name["de"] if known else department


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
        because=because,
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
        model_version=MODEL_VERSION,
        rules_version=f"{city.id}-{RULES_VERSION}",
    )


def _moved(
    first: Decision, department: str, service: str | None, because: str, rule: str
) -> Decision:
    changes = {
        "department": department,
        "service_code": service,
        "because": because,
        "rule": rule,
    }
    return Decision(first.lane, first.record.model_copy(update=changes))
