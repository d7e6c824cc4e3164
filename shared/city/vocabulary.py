"""Finds the pack's words in a text, all at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import ahocorasick

from shared.city.hits import HINT, LIKELY, SURE, Hit, Meaning, pattern
from shared.city.models import Language, Vocabulary
from shared.city.spelling import plain
from shared.city.together import Combinations


class Lexicon:
    """All vocabularies of a city in one automaton: one pass, however many words."""

    def __init__(self, vocabularies: Mapping[Language, Vocabulary]) -> None:
        meanings = defaultdict[str, dict[Language, tuple[Meaning, ...]]](dict)
        for language, vocabulary in vocabularies.items():
            for meaning in _meanings(language, vocabulary):
                of_word = meanings[pattern(meaning.word)]
                of_word[language] = (*of_word.get(language, ()), meaning)
        self._automaton = ahocorasick.Automaton()
        for text, found in meanings.items():
            self._automaton.add_word(text, (len(text), found))
        self._automaton.make_automaton()
        self._combinations = Combinations(vocabularies)
        self.negations = {
            plain(word) for each in vocabularies.values() for word in each.negations
        }

    def find(self, text: str) -> list[Hit]:
        """
        The words in a plain text, without those that lie inside a longer one.

        So `spielplatz` is not a `platz`, and `brennt nicht` is no fire.
        """
        hits = defaultdict[Language, list[Hit]](list)
        for end, (length, found) in self._automaton.iter(text):
            for language, meanings in found.items():
                hits[language].append(Hit(end - length + 1, end + 1, meanings))
        return [
            *(hit for of_language in hits.values() for hit in _outermost(of_language)),
            *self._combinations.find(text),
        ]


def _outermost(hits: Iterable[Hit]) -> Iterator[Hit]:
    """The hits that are not inside a longer one; harmless phrases hide no service."""
    reached = -1
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if all(meaning.kind == "harmless" for meaning in hit.meanings):
            yield hit
        elif hit.end > reached:
            yield hit
            reached = hit.end


def _meanings(language: Language, vocabulary: Vocabulary) -> Iterator[Meaning]:
    for code, words in vocabulary.services.items():
        for weight, group in (
            (SURE, words.sure),
            (LIKELY, words.likely),
            (HINT, words.hint),
        ):
            for word in group:
                yield Meaning("service", code, weight, word, language)
    for name, danger in vocabulary.danger.items():
        for word in danger.words:
            yield Meaning("danger", name, SURE, word, language)
    for word in vocabulary.harmless:
        yield Meaning("harmless", "", 0.0, word, language)
