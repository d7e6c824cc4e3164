"""Events as Kafka messages: CloudEvents 1.0 in binary mode."""

from dataclasses import dataclass
from typing import TypeVar

from cloudevents.core.bindings.kafka import to_binary
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from shared.contracts.event import Event, Topic

E = TypeVar("E", bound=Event)

Headers = tuple[tuple[str, bytes], ...]

_FORMAT = JSONFormat()


@dataclass(frozen=True)
class Record:
    """What is written to Kafka: key, value and headers."""

    key: bytes
    value: bytes
    headers: Headers


def record(topic: Topic[E], event: E, *, source: str) -> Record:
    """
    An event with its ``ce_*`` headers.

    The body is the whole event in JSON; the headers repeat its id, type and time for
    readers that route without parsing (CloudEvents Kafka protocol binding, § 3.2).
    """
    cloud_event = CloudEvent(
        attributes={
            "id": str(event.event_id),
            "type": str(getattr(event, "type")),  # noqa: B009  every event has one
            "source": f"/meldekette/{source}",
            "time": event.occurred_at,
            "specversion": "1.0",
            "datacontenttype": "application/json",
        },
        data=event.model_dump_json().encode(),
    )
    message = to_binary(cloud_event, _FORMAT)
    return Record(
        topic.key(event).encode(), message.value, tuple(message.headers.items())
    )
