"""Every name of the city by its key, to be found in spite of slips."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from shared.city.geocoding.keys import STREET, key, part, words
from shared.city.geocoding.reading import Word
from shared.city.places import Place
from shared.city.streets import Stretch

Goal = tuple[Stretch, ...] | Place
"""A street with its parts, or a place."""

LONGEST = 7
"""Words of the longest name that is looked for."""
SHORT_NAME = 0.93
"""How sure a name is of which a word is missing."""
LEAST_LETTERS = 4
SLIPS_PER_LETTERS = 4
MOST_SLIPS = 3
NEAREST = 6
BEGINNING = 4
LEAST_LIKENESS = 0.7


@dataclass(frozen=True, slots=True)
class Match:
    """A name that what was written may mean, and how alike both are (0 to 1)."""

    name: str
    goal: Goal
    likeness: float


class NameIndex:
    """Streets and places under their keys, and streets under what is left of them."""

    def __init__(self, names: Iterable[tuple[str, Goal]]) -> None:
        self._whole = defaultdict[str, list[Match]](list)
        self._shortened = defaultdict[str, list[Match]](list)
        for name, goal in names:
            parts = [part(word) for word in words(name)]
            self._whole[key(parts)].append(Match(name, goal, 1.0))
            for shorter in _shorter(parts):
                self._shortened[shorter].append(Match(name, goal, SHORT_NAME))
        self._by_length = defaultdict[int, list[str]](list)
        for whole in self._whole:
            self._by_length[len(whole)].append(whole)
        called = {*self._whole, *self._shortened}
        self._beginnings = {name[:BEGINNING] for name in called}

    def exact(self, written: str) -> list[Match]:
        """The names with this very key."""
        return self._whole.get(written, [])

    def shortened(self, written: str) -> list[Match]:
        """Names that are called so for short: Gladbecker, Schweitzerstraße."""
        return self._shortened.get(written, [])

    def begins(self, words: Sequence[Word]) -> bool:
        """Whether any name begins like these words: most words begin none."""
        written = key(word.part for word in words)
        return len(written) < BEGINNING or written[:BEGINNING] in self._beginnings

    def like(
        self, written: str, ending: str = "", slips: int = MOST_SLIPS
    ) -> list[Match]:
        """
        Names whose keys are a few slips away, the nearest first.

        Only keys of nearly the same length are compared; the rest cannot be near. An
        *ending* that was not written allows no more slips.
        """
        if len(written) <= LEAST_LETTERS:
            return []
        slips = min(slips, round(len(written) / SLIPS_PER_LETTERS))
        written += ending
        near: list[tuple[float, str]] = []
        for length in range(len(written) - slips, len(written) + slips + 1):
            for found, distance, _ in process.extract(
                written,
                self._by_length.get(length, ()),
                scorer=OSA.distance,
                score_cutoff=slips,
                limit=NEAREST,
            ):
                near.append((distance, found))
        return [
            Match(match.name, match.goal, 1 - distance / len(written))
            for distance, found in sorted(near)[:NEAREST]
            if 1 - distance / len(written) >= LEAST_LIKENESS
            for match in self._whole[found]
        ]


def _shorter(parts: list[str]) -> Iterator[str]:
    """A street's name without its last word "Straße", or without its first names."""
    whole = key(parts)
    for ending in (STREET, "platz"):
        core = whole.removesuffix(ending)
        if core != whole and len(core) >= LEAST_LETTERS:
            yield core
    if len(parts) > 2 and parts[-1] in (STREET, "platz", "weg", "ring"):
        yield key(parts[-2:])
