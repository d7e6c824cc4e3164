"""The base of all events, and what a topic is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID, uuid5

from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from shared.contracts.vocabulary import Lane, Language, Quarter, ServiceCode


class UnreadableEvent(Exception):
    """Bytes that no reader of this topic can understand; never carries the bytes."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


class Event(BaseModel):
    """A fact that has happened. Facts are added, never edited."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    event_id: UUID
    occurred_at: AwareDatetime


class ReportEvent(Event):
    """A fact about one report."""

    report_id: UUID


class ReportFacts(ReportEvent):
    """A fact that carries what each of its readers asks of the report."""

    lane: Lane
    language: Language
    service_code: ServiceCode | None = None
    quarter: Quarter | None = None
    received_at: AwareDatetime
    tell: bool = False


def event_id(report_id: UUID, type_: str, cause: str | int) -> UUID:
    """The id of an event: the same each time it follows from the same cause."""
    return uuid5(report_id, f"{type_}:{cause}")


@dataclass(frozen=True, kw_only=True)
class TopicSettings:
    """What the broker must know of a topic."""

    name: str
    written_by: tuple[str, ...]
    read_by: tuple[str, ...]
    partitions: int = 12
    retention_days: int | None = None
    compact: bool = False
    min_compaction_lag_hours: int = 0
    max_compaction_lag_hours: int | None = None


E = TypeVar("E", bound=Event)


@dataclass(frozen=True, kw_only=True)
class Topic(TopicSettings, Generic[E]):
    """A Kafka topic together with the events it carries."""

    events: TypeAdapter[E]
    key: Callable[[E], str]
    tombstones: bool = False

    def decode(self, value: bytes, key: bytes | None) -> E:
        """Read one event. Raises UnreadableEvent."""
        try:
            event = self.events.validate_json(value)
        except ValidationError as error:
            raise _unreadable(error) from None
        if key is None or key.decode("utf-8", "replace") != self.key(event):
            raise UnreadableEvent("key.mismatch", "the key is not the event's own")
        return event


def _unreadable(error: ValidationError) -> UnreadableEvent:
    """The reason in words, without the value that was found."""
    errors = error.errors(include_input=False, include_context=False, include_url=False)
    first = errors[0]
    kind = first["type"]
    if kind == "json_invalid":
        return UnreadableEvent("json.invalid", "not JSON")
    if any(_is_of_the_type(part) for part in errors):
        return UnreadableEvent("type.unknown", "no reader for this type of event")
    where = ".".join(str(part)[:40] for part in first["loc"][:4])
    return UnreadableEvent("schema.violated", f"{where[:120]}: {kind}")


def _is_of_the_type(error: ErrorDetails) -> bool:
    """An event of another type may break other rules too; this is the one to tell."""
    if error["type"] == "union_tag_invalid":
        return True
    return error["type"] == "literal_error" and error["loc"][-1:] == ("type",)
