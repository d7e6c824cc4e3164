"""What a model learns from; needs nothing of what learns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Lexicon = Callable[[str], Mapping[str, float]]
"""The weight of the pack's words in a text, by service."""

RAREST = 4
"""A piece of a word is learnt if it stands in so many texts."""


@dataclass(frozen=True)
class Example:
    """A text, its right answer, where it is from, and how much it counts."""

    text: str
    answer: str
    source: str = "corpus"
    weight: float = 1.0


@dataclass(frozen=True)
class Lessons:
    """All that a model learns from: what is reported, and what is a danger."""

    services: Sequence[Example]
    dangers: Sequence[Example]
