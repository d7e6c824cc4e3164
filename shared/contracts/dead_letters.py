"""Topic ``dead-letters``: the original bytes, and five headers that say why."""

from dataclasses import dataclass

from shared.contracts.event import TopicSettings

DEAD_LETTERS = TopicSettings(
    name="dead-letters",
    written_by=("intake", "router", "desk", "notifier", "lagebild"),
    read_by=("operator",),
    retention_days=30,
)

TOPIC = "dlq-topic"
PARTITION = "dlq-partition"
OFFSET = "dlq-offset"
READER = "dlq-reader"
REASON = "dlq-reason"
RETRIED = "dlq-retried"
"""On the mark that a letter was sent again; its value is the time (ISO 8601)."""

Headers = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, kw_only=True)
class DeadLetter:
    """A message that a reader could not work, exactly as it was, and why."""

    topic: str
    partition: int
    offset: int
    reader: str
    reason: str
    key: bytes | None
    value: bytes | None
    headers: Headers

    @property
    def letter_id(self) -> str:
        """Names the letter: one per message and reader."""
        return f"{self.topic}:{self.partition}:{self.offset}:{self.reader}"

    def dlq_headers(self) -> Headers:
        """The five headers that say why, after the original ones."""
        return (
            *(pair for pair in self.headers if not pair[0].startswith("dlq-")),
            (TOPIC, self.topic.encode()),
            (PARTITION, str(self.partition).encode()),
            (OFFSET, str(self.offset).encode()),
            (READER, self.reader.encode()),
            (REASON, self.reason.encode()),
        )
