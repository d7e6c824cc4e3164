"""How good answers are: the figures by which models are compared."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

BINS = 10
PRECISION = 0.95


@dataclass(frozen=True)
class Answered:
    """What was right, what was said, how surely, and whether it would be acted on."""

    right: str
    said: str
    confidence: float
    routed: bool = True

    @property
    def correct(self) -> bool:
        """Whether it was said right."""
        return self.right == self.said


def figures(answers: Sequence[Answered]) -> dict[str, Any]:
    """Every figure of ``meldekette model eval``, shares between 0 and 1."""
    routed = [answer for answer in answers if answer.routed]
    return {
        "reports": len(answers),
        "accuracy": share(answers),
        "macro_f1": macro_f1(answers),
        "calibration_error": calibration_error(answers),
        "coverage_at_95": coverage(answers, PRECISION),
        "routed": len(routed) / len(answers),
        "routed_right": share(routed),
        "per_answer": per_answer(answers),
        "confusion": confusion(answers),
    }


def share(answers: Sequence[Answered]) -> float:
    """The share of right answers."""
    return sum(answer.correct for answer in answers) / max(len(answers), 1)


def per_answer(answers: Sequence[Answered]) -> dict[str, dict[str, float]]:
    """Precision, recall, F1 and count of each answer that is ever right."""
    right = Counter(answer.right for answer in answers)
    said = Counter(answer.said for answer in answers)
    hit = Counter(answer.right for answer in answers if answer.correct)
    return {
        name: {
            "count": right[name],
            "precision": hit[name] / said[name] if said[name] else 0.0,
            "recall": hit[name] / right[name],
            "f1": 2 * hit[name] / (said[name] + right[name]),
        }
        for name in sorted(right)
    }


def macro_f1(answers: Sequence[Answered]) -> float:
    """The mean F1 of all answers that are ever right: rare ones count as much."""
    each = per_answer(answers).values()
    return sum(found["f1"] for found in each) / max(len(each), 1)


def calibration_error(answers: Sequence[Answered]) -> float:
    """
    How far confidence is from truth (expected calibration error, ten bins).

    Guo et al., On Calibration of Modern Neural Networks, 2017.
    """
    bins: dict[int, list[Answered]] = {}
    for answer in answers:
        bins.setdefault(min(int(answer.confidence * BINS), BINS - 1), []).append(answer)
    gaps = (
        len(each) * abs(share(each) - sum(a.confidence for a in each) / len(each))
        for each in bins.values()
    )
    return sum(gaps) / max(len(answers), 1)


def coverage(answers: Sequence[Answered], precision: float) -> float:
    """The largest share, surest first, of which *precision* are right."""
    right, most = 0, 0
    ordered = sorted(answers, key=lambda answer: -answer.confidence)
    for count, answer in enumerate(ordered, start=1):
        right += answer.correct
        if right / count >= precision:
            most = count
    return most / max(len(answers), 1)


def confusion(answers: Sequence[Answered], most: int = 12) -> list[dict[str, Any]]:
    """The most frequent mistakes."""
    wrong = Counter((a.right, a.said) for a in answers if not a.correct)
    return [
        {"right": right, "said": said, "count": count}
        for (right, said), count in wrong.most_common(most)
    ]


def drift(answers: Sequence[Answered], known: Mapping[str, float]) -> float:
    """
    How differently things are said here than where the model learnt, 0 to 1.

    Total variation distance between the shares of answers.
    """
    said = Counter(answer.said for answer in answers)
    names = set(said) | set(known)
    gaps = (abs(said[name] / len(answers) - known.get(name, 0.0)) for name in names)
    return sum(gaps) / 2
