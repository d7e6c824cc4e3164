"""One key for all the ways in which people write a name."""

import re
import unicodedata
from collections.abc import Iterable
from string import ascii_lowercase

_APOSTROPHES = str.maketrans(dict.fromkeys("'’ʼ`´\u00ad"))
_MARKS = re.compile(r"[\u0300-\u036f]+")
_WRITTEN_OUT = re.compile(r"([aou])e")
_DOUBLED = re.compile(r"(.)\1+")

STREET = "str"
_STREET = "strase"
"""How "Straße" looks once doubled letters are one."""

_SHORT = {
    "pl": "platz",
    "bf": "bahnhof",
    "bhf": "bahnhof",
    "hbf": "hauptbahnhof",
    "1": "i",
    "ii": "2",
    "iii": "3",
}


def letters(text: str) -> str:
    """Small letters without dots and marks, ß as ss."""
    composed = unicodedata.normalize("NFKC", text).casefold().translate(_APOSTROPHES)
    return _MARKS.sub("", unicodedata.normalize("NFKD", composed))


def part(word: str) -> str:
    """
    A word's share of a key: umlauts as single letters, however "Straße" is written.

    `word` is made of small letters already.
    """
    if word in _SHORT:
        return _SHORT[word]
    bare = _DOUBLED.sub(r"\1", _WRITTEN_OUT.sub(r"\1", word))
    for length in _ENDINGS:
        if bare[-length:] in _STREETS:
            return bare[:-length] + STREET
    return bare


def key(parts: Iterable[str]) -> str:
    """Parts as one word, as blanks are forgotten or put in; no letter is doubled."""
    return _DOUBLED.sub(r"\1", "".join(parts))


def words(name: str) -> list[str]:
    """The words of a name or a text, in small letters."""
    return re.findall(r"\d+|[^\W\d_]+", letters(name))


def key_of(name: str) -> str:
    """The key of a whole name."""
    return key(map(part, words(name)))


def _misspelt(word: str) -> set[str]:
    """The word with one letter too few, too many, wrong, or in the wrong place."""
    cuts = [(word[:at], word[at:]) for at in range(1, len(word) + 1)]
    found = {word} | {a + b[1:] for a, b in cuts}
    found |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    found |= {a + c + b[1:] for a, b in cuts if b for c in ascii_lowercase}
    found |= {a + c + b for a, b in cuts for c in ascii_lowercase}
    return found


_STREETS = {
    STREET,
    *_misspelt(_STREET),
    "strs",
    "stras",
    "stra",
    "trase",
    "tras",
    "tsrase",
}
_ENDINGS = [*sorted({len(each) for each in _STREETS} - {3}, reverse=True), 3]
