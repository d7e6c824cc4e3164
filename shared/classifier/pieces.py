"""A text as the pieces of its words, which a linear model weighs."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.int32]

SHORTEST, LONGEST = 2, 5
LONGEST_WORD = 40
MOST_WORDS = 300
REMEMBERED = 12_000


def words_of(plain_text: str) -> list[str]:
    """The words of a plain text (``plain``), but not endlessly many."""
    return [word[:LONGEST_WORD] for word in plain_text.split()[:MOST_WORDS]]


def pieces_of(word: str) -> Iterator[str]:
    """
    Every two to five letters in a row, and the word itself.

    The word's ends count as letters, so that `` lat`` begins one. A misspelt word
    shares most pieces with the right one, and so does a compound with its parts.
    """
    padded = f" {word} "
    for length in range(SHORTEST, LONGEST + 1):
        for start in range(len(padded) - length + 1):
            yield padded[start : start + length]
    yield f"={word}"


def pairs_of(words: Sequence[str]) -> Iterator[str]:
    """Neighbouring words."""
    for first, second in pairwise(words):
        yield f"{first}={second}"


def codes_of(pieces: Iterable[str]) -> list[int]:
    """
    Pieces as numbers of 32 bits, which take a tenth of the memory.

    Of a million pieces that a model does not know, some thirty look like one it does.
    """
    return [crc32(piece.encode()) for piece in pieces]


class Pieces:
    """The places of the pieces that a model knows; frequent words are remembered."""

    def __init__(self, known: Codes, *, most: int = REMEMBERED) -> None:
        self._known = known
        self._most = most
        self._remembered: dict[str, Numbers] = {}

    def of_words(self, words: Sequence[str]) -> list[Numbers]:
        """The known pieces of each word."""
        unseen = dict.fromkeys(w for w in words if w not in self._remembered)
        if len(self._remembered) + len(unseen) > self._most:
            self._remembered.clear()
            unseen = dict.fromkeys(words)
        if unseen:
            codes = [codes_of(pieces_of(word)) for word in unseen]
            self._remembered |= zip(unseen, self._places(codes), strict=True)
        return [self._remembered[word] for word in words]

    def of_text(self, words: Sequence[str]) -> Numbers:
        """All known pieces of a text, as often as they stand in it."""
        pairs = self._places([codes_of(pairs_of(words))])
        return np.concatenate([*pairs, *self.of_words(words)])

    def _places(self, groups: Sequence[list[int]]) -> list[Numbers]:
        """The places of several groups of codes: one search is as long as many."""
        asked = np.fromiter(chain.from_iterable(groups), dtype=np.uint32)
        places = np.searchsorted(self._known, asked).astype(np.int32)
        places[places == len(self._known)] = 0
        known = self._known[places] == asked
        starts = accumulate(map(len, groups), initial=0)
        return [places[a:b][known[a:b]] for a, b in pairwise(starts)]
