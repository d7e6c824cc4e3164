"""A model as a folder: a card that people can read, and arrays that it names."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from shared.classifier.alarm import NEEDS, NO_DANGER
from shared.classifier.model import Head, Model

CARD = "card.json"
ARRAYS = ("known", "idf")
PARTS = ("weights", "signals", "bias")
HEADS = ("services", "dangers")
NAMES = (*ARRAYS, *(f"{head}-{part}" for head in HEADS for part in PARTS))


class BrokenModel(ValueError):
    """A model that must not be used, and why."""


def load(folder: Path) -> Model:
    """
    The model in a folder. Raises BrokenModel when it is not what its card says.

    Large arrays stay on the disk: the system keeps in memory what is really read, once
    for all processes. A folder that is exchanged meanwhile is read as it was.
    """
    try:
        folder = folder.resolve(strict=True)
        card = json.loads((folder / CARD).read_text("utf-8"))
        _compare(folder, card["sha256"])
        return _fitting(_assembled(folder, card))
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise BrokenModel(f"{folder}: {error}") from error


def _compare(folder: Path, checksums: Mapping[str, str]) -> None:
    """Raises ValueError for an array that is not the one which was written."""
    for name in NAMES:
        if checksum(folder / f"{name}.npy") != checksums[name]:
            raise ValueError(f"{name}.npy is not what {CARD} describes")


def _assembled(folder: Path, card: Mapping[str, Any]) -> Model:
    return Model(
        version=card["version"],
        known=_array(folder, "known"),
        idf=_array(folder, "idf"),
        signals=tuple(card["signals"]),
        services=_head(folder, "services", card["services"]),
        dangers=_head(folder, "dangers", card["dangers"]),
        danger_from=float(card["danger_from"]),
        card=card,
    )


def _head(folder: Path, name: str, card: Mapping[str, Any]) -> Head:
    arrays = {part: _array(folder, f"{name}-{part}") for part in PARTS}
    return Head(
        answers=tuple(card["answers"]), temperature=float(card["temperature"]), **arrays
    )


def _fitting(model: Model) -> Model:
    """The model, if its parts fit each other. Raises ValueError."""
    pieces, signals = len(model.known), len(model.signals)
    fits = model.idf.shape == (pieces,)
    for head in (model.services, model.dangers):
        answers = len(head.answers)
        fits = fits and head.weights.shape == (pieces, answers)
        fits = fits and head.signals.shape == (signals, answers)
        fits = fits and head.bias.shape == (answers,)
    if not fits:
        raise ValueError("its arrays do not fit each other")
    if unknown := {NO_DANGER, *NEEDS} - set(model.dangers.answers):
        raise ValueError(f"it knows nothing of {', '.join(sorted(unknown))}")
    return model


def _array(folder: Path, name: str) -> Any:
    """An array on the disk, without the slower ways of numpy's memmap class."""
    return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r"))


def checksum(file: Path) -> str:
    """What tells whether a file is the one that a card describes."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
