"""Words that only together mean something: a child, a father, a blow."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import ahocorasick

from shared.city.hits import SURE, Hit, Meaning, pattern
from shared.city.models import Language, Together, Vocabulary

Part = tuple[int, int, str]
"""The number of the combination, of the list in it, and the word found."""


class Combinations:
    """All combinations of a city's vocabularies, found in one pass."""

    def __init__(self, vocabularies: Mapping[Language, Vocabulary]) -> None:
        self._all = [
            (language, together)
            for language, vocabulary in vocabularies.items()
            for together in vocabulary.together
        ]
        parts = defaultdict[str, list[Part]](list)
        for number, (_, together) in enumerate(self._all):
            for place, words in enumerate(together.words):
                for word in words:
                    parts[pattern(word)].append((number, place, word.strip("*")))
        self._automaton = ahocorasick.Automaton()
        for text, found in parts.items():
            self._automaton.add_word(text, (len(text), found))
        self._automaton.make_automaton()

    def find(self, text: str) -> Iterator[Hit]:
        """Every combination of which one word out of each list stands near by."""
        for number, found in self._found(text).items():
            language, together = self._all[number]
            words = _near(found, len(together.words), together.within)
            if words:
                yield Hit(0, 0, (_meaning(language, together, words),))

    def _found(self, text: str) -> Mapping[int, list[tuple[int, int, str]]]:
        """By combination: at which word of the text, of which list, what."""
        found = defaultdict[int, list[tuple[int, int, str]]](list)
        if not len(self._automaton):
            return found
        for end, (length, parts) in self._automaton.iter(text):
            position = text.count(" ", 0, end - length + 2)
            for number, place, word in parts:
                found[number].append((position, place, word))
        return found


def _meaning(language: Language, together: Together, words: Sequence[str]) -> Meaning:
    said = " … ".join(dict.fromkeys(words))
    if together.danger is not None:
        return Meaning("danger", together.danger, SURE, said, language)
    return Meaning("service", together.service or "", SURE, said, language)


def _near(found: Sequence[tuple[int, int, str]], lists: int, within: int) -> list[str]:
    """The first words of all lists that stand within reach of one of the first."""
    for start, first, _ in found:
        if first != 0:
            continue
        near = {
            place: word
            for position, place, word in reversed(found)
            if abs(position - start) <= within
        }
        if len(near) == lists:
            return [near[place] for place in range(lists)]
    return []
