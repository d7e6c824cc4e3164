"""The model: what has been learnt from reports, and what it says of a text."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from shared.classifier.pieces import Codes, Numbers, Pieces, words_of

Floats = npt.NDArray[np.float32]
Weights = npt.NDArray[np.float16]

SIGNAL_CAP = 4.0
"""Words of the pack beyond this weight make nothing surer."""

TELLING = 0.2
"""A word is a reason if it speaks for the answer this much as the best one does."""


@dataclass(frozen=True)
class Encoded:
    """A text as the model sees it: the pieces of its words, and the pack's words."""

    words: tuple[str, ...]
    pieces: Numbers
    values: Floats
    signals: Floats

    @property
    def says_nothing(self) -> bool:
        """Whether nothing in it was ever seen: dots, an emoji, an unknown alphabet."""
        return not len(self.pieces) and not self.signals.any()


@dataclass(frozen=True)
class Head:
    """
    One question to a text: its possible answers, and what speaks for each.

    ``weights`` has a row a piece and a column an answer; ``signals`` likewise for the
    pack's words.
    """

    answers: tuple[str, ...]
    weights: Weights
    signals: Floats
    bias: Floats
    temperature: float

    def probabilities(self, encoded: Encoded) -> dict[str, float]:
        """How probable every answer is; they sum up to one."""
        pieces = self.weights[encoded.pieces].astype(np.float32)
        scores = encoded.values @ pieces + encoded.signals @ self.signals + self.bias
        scores /= self.temperature
        shares = np.exp(scores - scores.max())
        return dict(zip(self.answers, (shares / shares.sum()).tolist(), strict=True))


@dataclass(frozen=True)
class Model:
    """What has been learnt: what a text is about, and whether it is a danger."""

    version: str
    known: Codes
    idf: Floats
    signals: tuple[str, ...]
    services: Head
    dangers: Head
    danger_from: float
    card: Mapping[str, Any]

    @cached_property
    def _pieces(self) -> Pieces:
        return Pieces(self.known)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {name: place for place, name in enumerate(self.signals)}

    def encode(self, plain_text: str, signals: Mapping[str, float]) -> Encoded:
        """
        A text in its one spelling (``plain``) with the weight of the pack's words.

        tf-idf with logarithmic counts, of length one.
        """
        words = words_of(plain_text)
        pieces, counts = np.unique(self._pieces.of_text(words), return_counts=True)
        values = (1 + np.log(counts)) * self.idf[pieces]
        length = float(np.sqrt(values @ values)) or 1.0
        return Encoded(
            words=tuple(words),
            pieces=pieces,
            values=np.asarray(values / length, dtype=np.float32),
            signals=self._heard(signals),
        )

    def reasons(self, encoded: Encoded, answer: str, most: int = 5) -> tuple[str, ...]:
        """The words of the text that speak most for a service."""
        if not encoded.words:
            return ()
        column = self.services.answers.index(answer)
        weights = encoded.values * self.services.weights[encoded.pieces, column]
        words = tuple(dict.fromkeys(encoded.words))
        pieces = self._pieces.of_words(words)
        owners = np.repeat(np.arange(len(words)), [len(each) for each in pieces])
        worth = weights[np.searchsorted(encoded.pieces, np.concatenate(pieces))]
        spoken = np.bincount(owners, worth, len(words))
        best = np.argsort(-spoken, kind="stable")[:most]
        least = max(TELLING * spoken[best[0]], 0.0)
        return tuple(words[place] for place in best if spoken[place] > least)

    def _heard(self, signals: Mapping[str, float]) -> Floats:
        found = np.zeros(len(self.signals), dtype=np.float32)
        for name, weight in signals.items():
            if (place := self._places.get(name)) is not None:
                found[place] = min(weight, SIGNAL_CAP) / SIGNAL_CAP
        return found
