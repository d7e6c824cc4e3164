"""A word of the pack in a text, and what it means there."""

from dataclasses import dataclass
from typing import Literal

from shared.city.models import Language
from shared.city.spelling import plain

Kind = Literal["service", "danger", "harmless"]

SURE, LIKELY, HINT = 3.0, 1.5, 0.6


@dataclass(frozen=True)
class Meaning:
    """What a word of the pack points to: a service, a danger, or nothing at all."""

    kind: Kind
    target: str
    weight: float
    word: str
    language: Language


@dataclass(frozen=True)
class Hit:
    """A word of the pack at a place in a plain text."""

    start: int
    end: int
    meanings: tuple[Meaning, ...]

    def means(self, kind: Kind) -> bool:
        """Whether the word has a meaning of this kind."""
        return any(meaning.kind == kind for meaning in self.meanings)

    def overlaps(self, other: "Hit") -> bool:
        """Whether both share a letter; the blank between two words is no letter."""
        return self.start + 1 < other.end and other.start + 1 < self.end


def pattern(word: str) -> str:
    """`lamp*` begins a word, `*lampe` ends one, `*lamp*` is anywhere."""
    core = plain(word.strip("*")).strip()
    before = "" if word.startswith("*") else " "
    after = "" if word.endswith("*") else " "
    return f"{before}{core}{after}"
