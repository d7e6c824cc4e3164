"""Quarters that are named beside a street, to choose between streets."""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from shared.city.geocoding.keys import STREET, key, part, words
from shared.city.geocoding.reading import Question

_LONGEST = 3
_GUESSED_FROM = 6
"""Letters from which a quarter is recognised in spite of one slip."""

Hints = tuple[tuple[int, int, frozenset[str]], ...]
"""From which word to which, and the quarters that are meant."""


class QuarterNames:
    """The city's own name and those of its quarters, also without Nord and Süd."""

    def __init__(self, city: str, quarters: Iterable[str]) -> None:
        named = defaultdict[str, set[str]](set)
        self._city = key(map(part, words(city)))
        for quarter in quarters:
            parts = [part(word) for word in words(quarter)]
            named[key(parts)].add(quarter)
            if len(parts) > 1 and len(parts[0]) >= _GUESSED_FROM:
                named[parts[0]].add(quarter)
        self._named = {written: frozenset(found) for written, found in named.items()}
        self._long = [each for each in self._named if len(each) >= _GUESSED_FROM]

    def city_in(self, question: Question) -> frozenset[int]:
        """Which words of a question are the city's own name."""
        words = enumerate(question.words)
        return frozenset(at for at, word in words if word.part == self._city)

    def find(self, question: Question) -> Hints:
        """The quarters in a question, the longest name at each place."""
        found: list[tuple[int, int, frozenset[str]]] = []
        at = 0
        while at < len(question.words):
            reached, quarters = self._at(question, at)
            if quarters:
                found.append((at, reached, quarters))
            at = reached
        return tuple(found)

    def _at(self, question: Question, start: int) -> tuple[int, frozenset[str]]:
        if not question.brief and not self._introduced(question, start):
            return start + 1, frozenset()
        parts = [word.part for word in question.words[start : start + _LONGEST + 1]]
        for length in range(min(len(parts), _LONGEST), 0, -1):
            quarters = self._named.get("".join(parts[:length]))
            if quarters and parts[length : length + 1] != [STREET]:
                return start + length, quarters
        return start + 1, self._guessed(question, start)

    def _introduced(self, question: Question, at: int) -> bool:
        """In a text, "in Werden" is the quarter, and "werden" is not."""
        return at > 0 and question.words[at - 1].part in {"in", self._city}

    def _guessed(self, question: Question, at: int) -> frozenset[str]:
        """A word alone between commas or brackets may be a misspelt quarter."""
        word = question.words[at]
        alone = [w for w in question.words if w.segment == word.segment] == [word]
        if not alone or len(word.part) < _GUESSED_FROM:
            return frozenset()
        near = process.extractOne(
            word.part, self._long, scorer=OSA.distance, score_cutoff=1
        )
        return self._named[near[0]] if near else frozenset()
