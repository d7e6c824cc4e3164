"""The golden messages: real samples of every event, kept for ever."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shared.contracts

CONTRACTS = Path(shared.contracts.__path__[0])
EXAMPLES = CONTRACTS / "examples"
KEYS = EXAMPLES / "keys"
"""Throw-away keys, for these samples only."""


@dataclass(frozen=True, kw_only=True)
class Example:
    """One message as it was on Kafka. ``text`` stands for a body that is no JSON."""

    folder: str
    name: str
    key: str
    headers: dict[str, str]
    body: Any
    text: str | None = None

    @property
    def type_(self) -> str | None:
        """The event's type, if it is an event."""
        return None if self.body is None else str(self.body["type"])

    @property
    def value(self) -> bytes | None:
        """The bytes of the body; None: a tombstone."""
        if self.text is not None:
            return self.text.encode()
        return None if self.body is None else json.dumps(self.body).encode()


def examples(folder: str | None = None) -> Iterator[Example]:
    """The samples of a topic, or all."""
    for file in sorted(EXAMPLES.glob(f"{folder or '*'}/*.json")):
        content = json.loads(file.read_text("utf-8"))
        yield Example(folder=file.parent.name, name=file.stem, **content)
