"""A model as a folder: a card that people can read, and arrays that it names."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from shared.classifier.model import Head, Model

CARD = "card.json"
ARRAYS = ("known", "idf")
PARTS = ("weights", "signals", "bias")
HEADS = ("services", "dangers")


class BrokenModel(ValueError):
    """A model that must not be used, and why."""


def save(model: Model, folder: Path) -> None:
    """Write a model; its card names the checksum of each array."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays = {name: getattr(model, name) for name in ARRAYS}
    for name in HEADS:
        head = getattr(model, name)
        arrays |= {f"{name}-{part}": getattr(head, part) for part in PARTS}
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", np.ascontiguousarray(array))
    card = {
        **model.card,
        "version": model.version,
        "signals": list(model.signals),
        "danger_from": round(model.danger_from, 4),
        **{name: _head_card(getattr(model, name)) for name in HEADS},
        "sha256": {name: _checksum(folder / f"{name}.npy") for name in sorted(arrays)},
    }
    text = json.dumps(card, ensure_ascii=False, indent=2)
    (folder / CARD).write_text(text + "\n", "utf-8")


def load(folder: Path) -> Model:
    """
    The model in a folder. Raises BrokenModel when it is not what its card says.

    Large arrays stay on the disk: the system keeps in memory what is really read, once
    for all processes.
    """
    try:
        card = json.loads((folder / CARD).read_text("utf-8"))
        for name, checksum in card["sha256"].items():
            if _checksum(folder / f"{name}.npy") != checksum:
                raise BrokenModel(f"{folder}: {name}.npy is not what {CARD} describes")
        return _assembled(folder, card)
    except (OSError, KeyError, ValueError) as error:
        raise BrokenModel(f"{folder}: {error}") from error


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


def _array(folder: Path, name: str) -> Any:
    """An array on the disk, without the slower ways of numpy's memmap class."""
    return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r"))


def _head_card(head: Head) -> dict[str, Any]:
    return {"answers": list(head.answers), "temperature": head.temperature}


def _checksum(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
