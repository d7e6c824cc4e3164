"""The streets of a city: where each runs, quarter by quarter."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

COMMENT = "#"
_ABBREVIATED = re.compile(r"([Ss])tr\.")


@dataclass(frozen=True, slots=True)
class Stretch:
    """
    The part of a street in one quarter: a point on it and a rough box around it.

    `numbers` says which house numbers lie here, in runs along one side of the street
    (`1-9 2-4` are 1, 3, 5, 7, 9 and 2, 4); nothing means all of them.
    """

    street: str
    quarter: str
    numbers: str
    lat: float
    long: float
    south: float
    west: float
    north: float
    east: float

    def holds(self, number: int) -> bool:
        """Whether a house number lies in this part, as far as the pack says it."""
        return not self.numbers or self.distance_of(number) == 0

    def distance_of(self, number: int) -> int:
        """How many numbers a house is away from this part, on its side."""
        ends = (run.partition("-") for run in self.numbers.split())
        return min(
            (
                max(int(first) - number, number - int(last or first), 0)
                for first, _, last in ends
                if int(first) % 2 == number % 2
            ),
            default=0 if not self.numbers else 10_000,
        )


STRETCHES = TypeAdapter(tuple[Stretch, ...])


def read_streets(file: Path) -> tuple[Stretch, ...]:
    """A pack's `streets.csv`. Raises ValueError."""
    with file.open(encoding="utf-8", newline="") as stream:
        return STRETCHES.validate_python(list(csv.DictReader(facts(stream))))


def facts(lines: Iterable[str]) -> Iterator[str]:
    """The lines of a table without its comments, which say whose the facts are."""
    return (line for line in lines if not line.startswith(COMMENT))


def by_street(stretches: Sequence[Stretch]) -> dict[str, tuple[Stretch, ...]]:
    """The parts of each street."""
    streets: dict[str, tuple[Stretch, ...]] = {}
    for stretch in stretches:
        streets[stretch.street] = (*streets.get(stretch.street, ()), stretch)
    return streets


def full_name(name: str) -> str:
    """A street's name with "Str." written out, and single blanks."""
    return " ".join(_ABBREVIATED.sub(r"\1traße", name).split())
