"""The model: a file with weights, and what it says of a text."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from shared.classifier.pieces import Pieces, words_of

Floats = npt.NDArray[np.float32]

WEIGHTS, CARD = "model.npz", "card.json"
LEXICON_CAP = 4.0
"""Words of the pack beyond this weight make nothing surer."""


class BrokenModel(ValueError):
    """A model that must not be used, and why."""


@dataclass(frozen=True)
class Head:
    """One question to a text: its possible answers, and what speaks for each."""

    answers: tuple[str, ...]
    weights: npt.NDArray[np.float16]
    lexicon: Floats
    bias: Floats
    temperature: float

    def scores(self, encoded: "Encoded") -> Floats:
        """The log-odds of every answer, before they are made to sum up to one."""
        pieces = self.weights[encoded.pieces].astype(np.float32)
        found = encoded.values @ pieces + encoded.lexicon @ self.lexicon + self.bias
        return np.asarray(found / self.temperature, dtype=np.float32)

    def probabilities(self, encoded: "Encoded") -> Floats:
        """How probable every answer is; they sum up to one."""
        scores = self.scores(encoded)
        shares = np.exp(scores - scores.max())
        return np.asarray(shares / shares.sum(), dtype=np.float32)


@dataclass(frozen=True)
class Encoded:
    """A text as the model sees it: pieces with their weight, and the pack's words."""

    words: tuple[str, ...]
    pieces: npt.NDArray[np.int64]
    values: Floats
    lexicon: Floats


@dataclass(frozen=True)
class Model:
    """What has been learnt from reports: services, and dangers."""

    version: str
    vocabulary: Mapping[str, int]
    idf: Floats
    lexicon_services: tuple[str, ...]
    services: Head
    dangers: Head
    danger_from: float
    card: Mapping[str, Any]

    @cached_property
    def _pieces(self) -> Pieces:
        return Pieces(self.vocabulary)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {code: place for place, code in enumerate(self.lexicon_services)}

    def encode(self, plain_text: str, lexicon: Mapping[str, float]) -> Encoded:
        """
        A text in its one spelling (``plain``) with the weight of the pack's words.

        tf-idf with logarithmic counts, of length one.
        """
        words = words_of(plain_text)
        found = np.array(self._pieces.of_text(words), dtype=np.int64)
        pieces, counts = np.unique(found, return_counts=True)
        values = (1 + np.log(counts)) * self.idf[pieces]
        length = float(np.sqrt(values @ values)) or 1.0
        return Encoded(
            words=tuple(words),
            pieces=pieces,
            values=np.asarray(values / length, dtype=np.float32),
            lexicon=self._lexicon(lexicon),
        )

    def reasons(self, encoded: Encoded, answer: str, most: int = 5) -> tuple[str, ...]:
        """The words of the text that speak most for a service."""
        column = self.services.answers.index(answer)
        worth = dict(
            zip(
                encoded.pieces.tolist(),
                encoded.values * self.services.weights[encoded.pieces, column],
                strict=True,
            )
        )
        spoken = {
            word: sum(worth.get(piece, 0.0) for piece in self._pieces.of_word(word))
            for word in encoded.words
        }
        best = sorted(spoken, key=lambda word: -spoken[word])
        top = spoken[best[0]] if best else 0.0
        return tuple(word for word in best[:most] if spoken[word] > max(0.2 * top, 0))

    def _lexicon(self, weights: Mapping[str, float]) -> Floats:
        found = np.zeros(len(self.lexicon_services), dtype=np.float32)
        for code, weight in weights.items():
            if (place := self._places.get(code)) is not None:
                found[place] = min(weight, LEXICON_CAP) / LEXICON_CAP
        return found


def save(model: Model, folder: Path) -> None:
    """Write a model; its card names the checksum of its weights."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / WEIGHTS).open("wb") as stream:
        np.savez_compressed(
            stream,
            vocabulary=np.frombuffer("\n".join(model.vocabulary).encode(), np.uint8),
            idf=model.idf.astype(np.float32),
            **_arrays("services", model.services),
            **_arrays("dangers", model.dangers),
        )
    card = {
        **model.card,
        "version": model.version,
        "sha256": hashlib.sha256((folder / WEIGHTS).read_bytes()).hexdigest(),
        "lexicon_services": list(model.lexicon_services),
        "services": _head_card(model.services),
        "dangers": _head_card(model.dangers),
        "danger_from": model.danger_from,
    }
    text = json.dumps(card, ensure_ascii=False, indent=2)
    (folder / CARD).write_text(text + "\n", "utf-8")


def load(folder: Path) -> Model:
    """The model in a folder. Raises BrokenModel when it is not what its card says."""
    try:
        card = json.loads((folder / CARD).read_text("utf-8"))
        raw = (folder / WEIGHTS).read_bytes()
    except (OSError, ValueError) as error:
        raise BrokenModel(f"{folder}: {error}") from error
    if hashlib.sha256(raw).hexdigest() != card.get("sha256"):
        raise BrokenModel(f"{folder}: {WEIGHTS} is not the file that {CARD} describes")
    with np.load(folder / WEIGHTS, allow_pickle=False) as arrays:
        names = arrays["vocabulary"].tobytes().decode().split("\n")
        return Model(
            version=card["version"],
            vocabulary={name: number for number, name in enumerate(names)},
            idf=arrays["idf"],
            lexicon_services=tuple(card["lexicon_services"]),
            services=_head("services", arrays, card["services"]),
            dangers=_head("dangers", arrays, card["dangers"]),
            danger_from=float(card["danger_from"]),
            card=card,
        )


def _arrays(name: str, head: Head) -> dict[str, Any]:
    return {
        f"{name}_weights": head.weights.astype(np.float16),
        f"{name}_lexicon": head.lexicon.astype(np.float32),
        f"{name}_bias": head.bias.astype(np.float32),
    }


def _head_card(head: Head) -> dict[str, Any]:
    return {"answers": list(head.answers), "temperature": head.temperature}


def _head(name: str, arrays: Mapping[str, Any], card: Mapping[str, Any]) -> Head:
    answers: Sequence[str] = card["answers"]
    return Head(
        answers=tuple(answers),
        weights=arrays[f"{name}_weights"],
        lexicon=arrays[f"{name}_lexicon"],
        bias=arrays[f"{name}_bias"],
        temperature=float(card["temperature"]),
    )
