"""Recognises that a place is in another city."""

from collections.abc import Iterable

from shared.city.geocoding.keys import key_of
from shared.city.geocoding.reading import Question

_ON_THE_WAY = frozenset({"richtung", "fahrtrichtung", "nach", "von", "aus"})
"""Words before a city that say where somebody goes, and not where something is."""


class Surroundings:
    """The city's postcodes, and the names of other cities around it."""

    def __init__(self, postcodes: Iterable[str], neighbours: Iterable[str]) -> None:
        self._postcodes = tuple(postcodes)
        self._neighbours = frozenset(map(key_of, neighbours))

    def outside(self, question: Question) -> bool:
        """Whether a question that does not name the city is about another one."""
        return self._foreign_postcode(question) or self._names_neighbour(question)

    def _foreign_postcode(self, question: Question) -> bool:
        return bool(self._postcodes) and any(
            not postcode.startswith(self._postcodes) for postcode in question.postcodes
        )

    def _names_neighbour(self, question: Question) -> bool:
        words = question.words
        return question.brief and any(
            word.part in self._neighbours
            and not (at and words[at - 1].part in _ON_THE_WAY)
            for at, word in enumerate(words)
        )
