"""Dead letters read back, and sent again once."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from shared.contracts.dead_letters import (
    DEAD_LETTERS,
    OFFSET,
    PARTITION,
    READER,
    REASON,
    RETRIED,
    TOPIC,
    DeadLetter,
)
from shared.kafka.publisher import Publisher
from shared.kafka.replay import replay
from shared.settings import KafkaSettings


class AlreadyRetried(Exception):
    """The letter has been sent again before."""


@dataclass(frozen=True)
class Letter:
    """A dead letter and, if it was sent again, when."""

    dead: DeadLetter
    written_ms: int
    retried_at: str | None = None

    @property
    def letter_id(self) -> str:
        """Names the letter."""
        return self.dead.letter_id


@dataclass(frozen=True)
class Repair:
    """What is sent instead of the letter's own value or key."""

    value: bytes | None = None
    key: bytes | None = None


NO_REPAIR = Repair()


async def letters(settings: KafkaSettings) -> list[Letter]:
    """All dead letters, oldest first."""
    found: dict[str, Letter] = {}
    retried: dict[str, str] = {}
    async for message in replay(DEAD_LETTERS, settings):
        headers = {name: value.decode() for name, value in message.headers}
        dead = _dead_letter(message, headers)
        if RETRIED in headers:
            retried[dead.letter_id] = headers[RETRIED]
        else:
            found[dead.letter_id] = Letter(dead, message.timestamp)
    ordered = sorted(found.values(), key=lambda letter: letter.written_ms)
    return [
        Letter(letter.dead, letter.written_ms, retried.get(letter.letter_id))
        for letter in ordered
    ]


async def retry_letter(
    publisher: Publisher,
    letter: Letter,
    repair: Repair = NO_REPAIR,
    *,
    again: bool = False,
) -> None:
    """
    Send a letter to its topic, as it was or with repaired bytes, and mark it.

    The mark, in the same topic, is the audit entry: when, and which letter. Events
    keep their ids, so that a second copy has no effect. Raises AlreadyRetried.
    """
    if letter.retried_at is not None and not again:
        raise AlreadyRetried(f"was sent again {letter.retried_at}")
    dead = letter.dead
    now = datetime.now(UTC).isoformat()
    mark = (RETRIED, now.encode())
    original = tuple(pair for pair in dead.headers if not pair[0].startswith("dlq-"))
    key = dead.key if repair.key is None else repair.key
    body = dead.value if repair.value is None else repair.value
    await publisher.send(dead.topic, key, body, (*original, mark))
    await publisher.send(DEAD_LETTERS.name, dead.key, None, (*dead.dlq_headers(), mark))


def _dead_letter(message: Any, headers: dict[str, str]) -> DeadLetter:
    return DeadLetter(
        topic=headers[TOPIC],
        partition=int(headers[PARTITION]),
        offset=int(headers[OFFSET]),
        reader=headers[READER],
        reason=headers[REASON],
        key=message.key,
        value=message.value,
        headers=tuple(message.headers),
    )
