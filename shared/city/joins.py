"""Where a text turns to another matter: ends of sentences, lists, joining words."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from shared.city.models import Language, Vocabulary

FEWEST_WORDS = 4
"""A joining word cuts a sentence only where so many words are left on each side."""

# The full stop of "Nr. 5" ends no sentence, and the dash of "aus - bitte" no entry.
_CUTS = re.compile(
    r"(?P<entry>(?:^|\n|(?<=[.!?:;,])\s)\s*(?:\(?[\da-h][.)]|[-–•*])\s+(?=\D))"
    r"|(?P<end>(?<=[.!?…;؟؛])\s+(?!\d)|\n+)",
    re.IGNORECASE,
)
_NOWHERE = re.compile(r"(?!)")


@dataclass(frozen=True)
class Stretch:
    """A stretch of a text; ``announced``: its writer says that it is another matter."""

    text: str
    announced: bool

    @property
    def is_long(self) -> bool:
        """Whether it says enough to be read by itself."""
        return len(self.text.split()) >= FEWEST_WORDS


class Joins:
    """Cuts texts, with the joining words of the language that they are written in."""

    def __init__(self, vocabularies: Mapping[Language, Vocabulary]) -> None:
        self._words = {
            language: _either(vocabulary.joins)
            for language, vocabulary in vocabularies.items()
        }

    def cut(self, text: str, language: Language) -> Iterator[Stretch]:
        """The stretches of a text that say enough to be read, in order."""
        words = self._words.get(language, _NOWHERE)
        for sentence in _sentences(text):
            yield from (part for part in _parts(sentence, words) if part.is_long)


def _sentences(text: str) -> Iterator[Stretch]:
    """Sentences and lines; the entries of a list are announced."""
    begun, announced = 0, False
    for found in _CUTS.finditer(text):
        if sentence := text[begun : found.start()].strip():
            yield Stretch(sentence, announced)
            announced = False
        announced = announced or found.lastgroup == "entry"
        begun = found.end()
    yield Stretch(text[begun:].strip(), announced)


def _parts(sentence: Stretch, words: re.Pattern[str]) -> Iterator[Stretch]:
    """A sentence, cut before its joining words if both sides say enough."""
    rest, announced = sentence, sentence.announced
    for found in words.finditer(sentence.text):
        at = found.start() - (len(sentence.text) - len(rest.text))
        before = Stretch(rest.text[:at].strip(), announced)
        after = Stretch(rest.text[at:], announced=True)
        announced = True
        if before.is_long and after.is_long:
            yield before
            rest = after
    yield Stretch(rest.text, announced)


def _either(words: Iterable[str]) -> re.Pattern[str]:
    """Any of these words, of two that fit the longer one."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    if not longest_first:
        return _NOWHERE
    either = "|".join(re.escape(word) for word in longest_first)
    return re.compile(rf"\b(?:{either})\b", re.IGNORECASE)
