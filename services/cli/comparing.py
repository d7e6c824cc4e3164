"""Whether a new model is better than the running one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from services.cli.corrections import Correction
from services.cli.deciding import Trial
from services.cli.trying import Tried, tried
from shared.city.cases import CASES, Case, read_cases
from shared.classifier.reader import Reader

TOLERANCE = 0.005
"""So small a loss on the pack's cases is chance."""


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
    corrections: Sequence[Correction],
    cases: Mapping[int, Case],
    old: Reader,
    new: Reader,
) -> Comparison:
    """Both models on the same texts."""
    before, after = list(tried(cases, Trial(old))), list(tried(cases, Trial(new)))
    return Comparison(
        corrections=Score(
            len(corrections), _met(corrections, old), _met(corrections, new)
        ),
        cases=Score(len(cases), _right(before), _right(after)),
        safety=Score(len(_urgent(before)), _seen(before), _seen(after)),
    )


def cases_of(pack: Path) -> dict[int, Case]:
    """The texts whose outcome a pack expects; none if it has no such file."""
    file = pack / CASES
    return read_cases(file) if file.exists() else {}


def _met(corrections: Sequence[Correction], reader: Reader) -> int:
    return sum(
        each.met_by(reader.read(each.text).guess, reader.city) for each in corrections
    )


def _right(results: Sequence[Tried]) -> int:
    return sum(not each.wrong for each in results)


def _urgent(results: Sequence[Tried]) -> list[Tried]:
    """What is not to travel like any report."""
    return [each for each in results if each.case.expect.lane not in (None, "normal")]


def _seen(results: Sequence[Tried]) -> int:
    return sum("lane" not in each.wrong for each in _urgent(results))
