"""Holds a pack's own examples against what would be decided."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rich.table import Table

from services.cli.deciding import Answer, Told, Trial
from shared.city.cases import Case

A_MONDAY = datetime(2026, 3, 2, 12)  # noqa: DTZ001 (the city's own time, whichever)
ANY = "any"


@dataclass(frozen=True)
class Tried:
    """An example, and where the decision is another: expected and decided."""

    line: int
    case: Case
    answer: Answer
    wrong: Mapping[str, tuple[Any, Any]]


def tried(cases: Mapping[int, Case], trial: Trial) -> Iterator[Tried]:
    """Decide every example, as if it came on a Monday at noon if it names no time."""
    for line, case in cases.items():
        told = Told(case.text, case.service_code, case.at)
        answer = trial.answer(told, trial.moment(case.time or A_MONDAY))
        yield Tried(line, case, answer, misses(case, answer))


def misses(case: Case, answer: Answer) -> dict[str, tuple[Any, Any]]:
    """
    What is decided otherwise than expected.

    Where a case leaves open whether a person reads it first, no service is none
    missed: that person names it.
    """
    decision = answer.decision
    decided = {
        "service": decision.record.service_code,
        "department": decision.department,
        "lane": decision.lane.value,
        "routed": decision.routed,
    }
    expected = {
        name: getattr(case.expect, name) for name in case.expect.model_fields_set
    }
    if "routed" not in expected and not decision.routed:
        expected.pop("service", None)
    return {
        name: (expected[name], decided[name])
        for name in decided
        if name in expected and expected[name] != decided[name]
    }


def said_of(tried: Tried) -> Iterator[str]:
    """A miss in words, a line for each thing."""
    record = tried.answer.decision.record
    for name, (expected, decided) in tried.wrong.items():
        yield f"{name}: expected {_word(expected)}, decided {_word(decided)}"
    yield f"by {record.rule} ({record.confidence:.2f})"


def summary(results: Sequence[Tried]) -> Table:
    """How many examples are right, by what was expected of them."""
    table = Table("expected", "cases", "right", "share")
    lanes = [each.case.expect.lane or ANY for each in results]
    services = [_service(each.case) for each in results]
    for names in (lanes, services):
        all_ = Counter(names)
        right = Counter(
            name for name, each in zip(names, results, strict=True) if not each.wrong
        )
        for name, count in sorted(all_.items()):
            share = right[name] / count
            table.add_row(name, str(count), str(right[name]), f"{share:.0%}")
        table.add_section()
    return table


def _service(case: Case) -> str:
    if "service" not in case.expect.model_fields_set:
        return f"{ANY} service"
    return case.expect.service or "no service"


def _word(value: Any) -> str:
    return {None: "none", True: "yes", False: "no"}.get(value, str(value))
