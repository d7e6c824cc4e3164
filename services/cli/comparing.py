"""Whether a new model is better than the running one."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from services.cli.corrections import Correction
from services.router.rules import Decision, Where, decide
from shared.classifier.reader import Reader
from shared.contracts.vocabulary import Lane

CASES = "cases.jsonl"
TOLERANCE = 0.005
"""So small a loss on the pack's cases is chance."""

WORKING_DAY = (2026, 3, 2, 12)

Case = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True)
class Score:
    """How many of ``count`` the running model has right, and how many the new one."""

    count: int
    running: int
    new: int

    @property
    def gain(self) -> float:
        """By which share of all the new model is better."""
        return (self.new - self.running) / max(self.count, 1)


@dataclass(frozen=True)
class Comparison:
    """Two models on corrections that they have not learnt from, and on the cases."""

    corrections: Score
    cases: Score
    safety: Score

    def objection(self, tolerance: float = TOLERANCE) -> str | None:
        """Why the new model must not be installed, or None."""
        if self.safety.gain < 0:
            return "it sees less of danger and need than the running one"
        if self.cases.gain < -tolerance:
            return "it is worse on the pack's cases"
        if self.corrections.gain <= 0:
            return "it is not better on the corrections that were held out"
        return None


def compared(
    corrections: Iterable[Correction], cases: Sequence[Case], old: Reader, new: Reader
) -> Comparison:
    """Both models on the same texts."""
    urgent = [case for case in cases if _lane(case) is not Lane.NORMAL]
    return Comparison(
        corrections=_score(corrections, _is_met, old, new),
        cases=_score(cases, _is_right, old, new),
        safety=_score(urgent, _is_in_lane, old, new),
    )


def cases_of(pack: Path) -> list[Case]:
    """The texts whose outcome a pack expects; none if it has no such file."""
    file = pack / CASES
    lines = file.read_text("utf-8").splitlines() if file.exists() else ()
    return [json.loads(line) for line in lines if line.strip()]


def _score(
    texts: Iterable[T], is_right: Callable[[T, Reader], bool], old: Reader, new: Reader
) -> Score:
    asked = list(texts)
    return Score(
        count=len(asked),
        running=sum(is_right(each, old) for each in asked),
        new=sum(is_right(each, new) for each in asked),
    )


def _is_met(correction: Correction, reader: Reader) -> bool:
    return correction.met_by(reader.read(correction.text).guess, reader.city)


def _is_right(case: Case, reader: Reader) -> bool:
    """Whether all that the pack expects comes out."""
    decision = _decided(case, reader)
    outcome = {
        "lane": decision.lane.value,
        "service": decision.record.service_code,
        "department": decision.department,
        "routed": decision.routed,
    }
    expected = case["expect"]
    return all(outcome[name] == expected[name] for name in outcome if name in expected)


def _is_in_lane(case: Case, reader: Reader) -> bool:
    return _decided(case, reader).lane is _lane(case)


def _lane(case: Case) -> Lane:
    return Lane(case["expect"].get("lane", Lane.NORMAL))


def _decided(case: Case, reader: Reader) -> Decision:
    """What the router would decide about a case, on a working day."""
    city = reader.city
    point = case.get("at")
    where = Where(
        quarter=city.quarter_of(*point) if point else None,
        areas=city.areas_at(*point) if point else frozenset(),
        at=datetime(*WORKING_DAY, tzinfo=ZoneInfo(city.timezone)),
    )
    reading = reader.read(case["text"])
    return decide(case.get("service_code"), Lane.NORMAL, reading, where, city)
