"""Takes the words of a place apart: names, house numbers, what only stands between."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shared.city.geocoding.keys import STREET, letters, part
from shared.city.geocoding.numerals import NUMERALS

FILLERS = frozenset({STREET}) | frozenset(
    part(word)
    for word in letters(
        """
        in der die das dem den des an am auf im zum zur bei beim von vom vor hinter
        neben nahe naehe naeh hoehe haus hausnummer hausnr nr nummer no gegenueber
        ecke ecken kreuzung einmuendung zwischen und bis stadt stadtteil ortsteil d de
        deutschland
        direkt rechts links seite bereich adresse richtung ein eine einer einem ist sind
        liegt steht wo hier stelle spielplatz parkplatz gehweg radweg fussweg bordstein
        buergersteig wegrand strassenrand haltestelle bushaltestelle waldweg feldweg
        """
    ).split()
)
_HOUSE = frozenset(map(part, ("haus", "hausnummer", "hausnr", "nr", "nummer", "no")))
_CROSSING_CUES = frozenset(
    map(part, letters("ecke ecken kreuzung einmündung zwischen").split())
)
_JOINS = frozenset({"/", "&", "+", "und"})
_TOKEN = re.compile(r"\d+|[^\W\d_]+|[,;()/|\n&+]")
_POSTCODE_DIGITS = 5
_MOST_DIGITS = 3
_NUMBER_REACH = 4
SHORT_QUESTION = 8
"""Nobody writes more words for an address."""
MOST_WORDS = 120
"""A place is named early or often; a novel is not searched to its end."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a number, and the part of the text between commas that it is in."""

    text: str
    part: str
    segment: int
    joined: bool = False
    """Whether "und" or a slash stands right before it."""

    @property
    def is_number(self) -> bool:
        """Whether it is written in digits."""
        return self.text.isdigit()


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody wrote for a place, in words."""

    words: tuple[Word, ...]
    postcodes: tuple[str, ...]
    crossing: bool
    brief: bool
    """Whether it is an address, and not a text in which one may stand."""

    def number_after(self, end: int) -> tuple[int, str] | None:
        """The house number right after a name, or a few words on with "Haus" before."""
        for at in range(end, min(end + _NUMBER_REACH, len(self.words))):
            word = self.words[at]
            number = _number(word)
            if number and (at == end or self.words[at - 1].part in _HOUSE):
                return number, self._addition(at + 1)
            if word.part not in FILLERS:
                break
        return None

    def number_before(self, start: int) -> tuple[int, str] | None:
        """The house number right before a name, as some countries write it."""
        if start and self.words[start - 1].is_number:
            number = _number(self.words[start - 1])
            return (number, "") if number else None
        return None

    def _addition(self, at: int) -> str:
        """The letter that belongs to the number before it."""
        if at < len(self.words) and len(self.words[at].text) == 1:
            letter = self.words[at].text
            return letter if letter.isalpha() else ""
        return ""


def read(text: str, *, address: bool = True) -> Question:
    """The question that an address, or a text, asks."""
    found = list(_words(text))[:MOST_WORDS]
    names = tuple(word for word in found if not _is_postcode(word))
    return Question(
        words=names,
        postcodes=tuple(word.text for word in found if _is_postcode(word)),
        crossing=any(
            word.part in _CROSSING_CUES or (word.joined and not word.is_number)
            for word in names
        ),
        brief=address and len(names) <= SHORT_QUESTION,
    )


def _words(text: str) -> Iterator[Word]:
    segment, joined = 0, False
    for token in _TOKEN.findall(letters(text)):
        if token in _JOINS:
            segment, joined = segment + 1, True
        elif not token.isalnum():
            segment += 1
        else:
            yield Word(token, part(token), segment, joined)
            joined = False


def _is_postcode(word: Word) -> bool:
    return word.is_number and len(word.text) == _POSTCODE_DIGITS


def _number(word: Word) -> int | None:
    if word.is_number:
        return int(word.text) if len(word.text) <= _MOST_DIGITS else None
    return NUMERALS.get(word.text)


def weight(word: Word) -> int:
    """How much of a name a word can be: its letters, unless it only stands between."""
    return 0 if word.is_number or word.part in FILLERS else len(word.part)
