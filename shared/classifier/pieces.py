"""A text as the pieces of its words, which a linear model weighs."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

SHORTEST, LONGEST = 2, 5
LONGEST_WORD = 40
MOST_WORDS = 300
REMEMBERED = 50_000


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


class Pieces:
    """The numbers of the pieces that a vocabulary knows; words are remembered."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary
        self._known: dict[str, tuple[int, ...]] = {}

    def of_word(self, word: str) -> tuple[int, ...]:
        """The known pieces of one word."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            get = self._vocabulary.get
            numbers = (get(piece) for piece in pieces_of(word))
            found = tuple(n for n in numbers if n is not None)
            self._known[word] = found
        return found

    def of_pairs(self, words: Sequence[str]) -> list[int]:
        """The known pairs of neighbouring words."""
        get = self._vocabulary.get
        numbers = (get(pair) for pair in pairs_of(words))
        return [number for number in numbers if number is not None]

    def of_text(self, words: Sequence[str]) -> list[int]:
        """All known pieces of a text, as often as they stand in it."""
        found = self.of_pairs(words)
        for word in words:
            found.extend(self.of_word(word))
        return found
