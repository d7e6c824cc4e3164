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
    if asked in city.services and asked not in ANYTHING:
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

    *returned_by* names all who said so, the latest last. Its wish counts; else the next best guess that has not returned it yet; else
    moderation.
    """
    if wish in city.departments:
        because = f"{returned_by[-1]} says that it is {wish}'s"
        return _moved(first, wish, first.record.service_code, because, "returned.wish")
    guesses = [(first.record.service_code, first.department)] + [
        (other.service_code, other.department) for other in first.record.alternatives
    ]
    for code, department in guesses:
        if department not in returned_by:
            because = f"next best after {', '.join(returned_by)}"
            return _moved(first, department, code, because, "returned.next")
    return _moved(first, city.moderation, None, "nobody claims it", "returned.nobody")


def _as_asked(asked: str, lane: Lane, reading: Reading, city: City) -> Decision:
    department = city.department_of(asked)
    because = f"the reporter chose {asked}, which {department} owns"
    return Decision(
        lane, _record(department, asked, because, "service.asked", 1.0, reading, city)
    )


def _by_words(reading: Reading, lane: Lane, city: City, *, rule: str) -> Decision:
    department = reading.department
    because = f"the words say {reading.service_code}, and {department} acts on it"
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
    because = "the words do not decide; a person must read it"
    record = _record(
        city.moderation, None, because, "unsure", reading.confidence, reading, city
    )
    return Decision(lane, record)


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
