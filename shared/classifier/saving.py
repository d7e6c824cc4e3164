"""Writes a model so that whoever reads the folder meanwhile is not disturbed."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from shared.classifier.model import Head, Model
from shared.classifier.storing import ARRAYS, CARD, HEADS, PARTS, checksum


def save(model: Model, folder: Path) -> None:
    """
    Write a model; its card, written last, names the checksum of each array.

    Files are replaced, never rewritten: a process that reads the model which was there
    before has its arrays mapped from them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    arrays = {name: getattr(model, name) for name in ARRAYS}
    for name in HEADS:
        head = getattr(model, name)
        arrays |= {f"{name}-{part}": getattr(head, part) for part in PARTS}
    for name, array in arrays.items():
        _write(folder / f"{name}.npy", _saved(array))
    card = {
        **model.card,
        "version": model.version,
        "signals": list(model.signals),
        "danger_from": round(model.danger_from, 4),
        **{name: _head_card(getattr(model, name)) for name in HEADS},
        "sha256": {name: checksum(folder / f"{name}.npy") for name in sorted(arrays)},
    }
    text = json.dumps(card, ensure_ascii=False, indent=2) + "\n"
    _write(folder / CARD, lambda stream: stream.write(text.encode()))
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Have the disk know which files a folder holds, so that a crash keeps them."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _saved(array: Any) -> Callable[[BinaryIO], object]:
    return lambda stream: np.save(stream, np.ascontiguousarray(array))


def _write(file: Path, write: Callable[[BinaryIO], object]) -> None:
    fresh = file.with_name(f".{file.name}.new")
    with fresh.open("wb") as stream:
        write(stream)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(file)


def _head_card(head: Head) -> dict[str, Any]:
    return {"answers": list(head.answers), "temperature": head.temperature}
