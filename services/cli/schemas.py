"""JSON Schemas of the events, and of what travels sealed inside them."""

import json
from collections.abc import Iterator
from typing import Any

from shared.contracts.all import all_topics
from shared.contracts.content import (
    ContactContent,
    Content,
    MessageContent,
    ReportContent,
    ReturnContent,
    TaskContent,
)
from shared.contracts.event import Topic, TopicSettings

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
CONTENTS: tuple[type[Content], ...] = (
    ContactContent,
    MessageContent,
    ReportContent,
    ReturnContent,
    TaskContent,
)


def topics() -> tuple[TopicSettings, ...]:
    """Every topic; the departments' own as one with a parameter."""
    return all_topics(["{department}"])


def event_schemas(topic: Topic[Any], refs: str = "#/$defs/{model}") -> Iterator[Schema]:
    """The schema of each event that a topic carries, with its ``$defs``."""
    whole = topic.events.json_schema(ref_template=refs)
    defs = whole.pop("$defs", {})
    mapping = whole.get("discriminator", {}).get("mapping")
    names = [ref.rsplit("/", 1)[1] for ref in (mapping or {}).values()]
    for root in [defs[name] for name in names] if names else [whole]:
        used = _used(root, defs)
        yield {**root, **({"$defs": used} if used else {})}


def documents() -> dict[str, Schema]:
    """Every schema by the name of its file."""
    found: dict[str, Schema] = {}
    for topic in topics():
        if isinstance(topic, Topic):
            for schema in event_schemas(topic):
                found[type_of(schema)] = {"$schema": DIALECT, **schema}
    for model in CONTENTS:
        schema = model.model_json_schema()
        found[f"content/{model.__name__}"] = {"$schema": DIALECT, **schema}
    return found


def type_of(schema: Schema) -> str:
    """The ``type`` of the events that a schema describes."""
    return str(schema["properties"]["type"]["const"])


def _used(root: Schema, defs: dict[str, Schema]) -> dict[str, Schema]:
    """Those of *defs* that the schema needs, directly or not."""
    used: dict[str, Schema] = {}
    waiting = [root]
    while waiting:
        text = json.dumps(waiting.pop())
        for name, schema in defs.items():
            if name not in used and f'/{name}"' in text:
                used[name] = schema
                waiting.append(schema)
    return dict(sorted(used.items()))
