"""The AsyncAPI 3 document: every topic, who writes it, who reads it, what is in it."""

from typing import Any

from services.cli.examples import examples
from services.cli.schemas import event_schemas, topics, type_of
from shared.contracts.event import Topic, TopicSettings
from shared.kafka.topics import broker_config

Part = dict[str, Any]

VERSION = "1.0.0"
"""Of the contracts: grows with them, not with each release."""
LICENSE_URL = "https://eupl.eu/1.2/en/"
REFS = "#/components/schemas/{model}"


def document() -> Part:
    """The whole document."""
    messages: Part = {}
    schemas: Part = {"CloudEventHeaders": _CLOUD_EVENT, "DeadLetterHeaders": _DEAD}
    for topic in topics():
        messages |= _messages(topic, schemas)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Meldekette",
            "version": VERSION,
            "description": "What the services of Meldekette say to each other on "
            "Kafka. CloudEvents 1.0 in binary mode; bodies are JSON. Content travels "
            "sealed (libsodium) to the one who must read it.",
            "license": {"name": "EUPL-1.2", "url": LICENSE_URL},
        },
        "defaultContentType": "application/json",
        "channels": {_name(topic): _channel(topic) for topic in topics()},
        "operations": _operations(),
        "components": {"messages": messages, "schemas": dict(sorted(schemas.items()))},
    }


def _name(topic: TopicSettings) -> str:
    return topic.name.split(".")[0]


def _types(topic: TopicSettings) -> list[str]:
    """The names of a topic's messages."""
    if not isinstance(topic, Topic):
        return ["dead.letter"]
    types = [type_of(schema) for schema in event_schemas(topic)]
    return [*types, "contact.forgotten"] if topic.tombstones else types


def _channel(topic: TopicSettings) -> Part:
    name, config = _name(topic), broker_config(topic)
    policy = config.pop("cleanup.policy")
    numbers = {key: int(value) for key, value in config.items()}
    channel: Part = {
        "address": topic.name,
        "messages": {
            type_: {"$ref": f"#/components/messages/{type_}"} for type_ in _types(topic)
        },
        "bindings": {
            "kafka": {
                "partitions": topic.partitions,
                "topicConfiguration": {"cleanup.policy": [policy], **numbers},
                "bindingVersion": "0.5.0",
            }
        },
    }
    if "{department}" in topic.name:
        described = {"description": "A department of the city pack."}
        return {**channel, "parameters": {"department": described}, "title": name}
    return {**channel, "title": name}


def _operations() -> Part:
    """Who sends and who receives what."""
    operations: Part = {}
    for topic in topics():
        name = _name(topic)
        pairs = (("send", topic.written_by), ("receive", topic.read_by))
        for action, services in pairs:
            for service in services:
                operations[f"{service}.{action}.{name}"] = {
                    "action": action,
                    "channel": {"$ref": f"#/channels/{name}"},
                    "messages": [
                        {"$ref": f"#/channels/{name}/messages/{type_}"}
                        for type_ in _types(topic)
                    ],
                    "tags": [{"name": service}],
                }
    return operations


def _messages(topic: TopicSettings, schemas: Part) -> Part:
    """A topic's messages; their schemas are added to *schemas*."""
    if not isinstance(topic, Topic):
        return {"dead.letter": _DEAD_LETTER}
    messages: Part = {"contact.forgotten": _TOMBSTONE} if topic.tombstones else {}
    for schema in event_schemas(topic, REFS):
        type_, title = type_of(schema), str(schema["title"])
        schemas |= schema.pop("$defs", {})
        schemas[title] = schema
        messages[type_] = {
            "name": type_,
            "title": title,
            "summary": str(schema["description"]).split("\n\n")[0].replace("\n", " "),
            "contentType": "application/json",
            "headers": {"$ref": REFS.format(model="CloudEventHeaders")},
            "payload": {"$ref": REFS.format(model=title)},
            "bindings": {"kafka": {"key": _KEY, "bindingVersion": "0.5.0"}},
            "examples": [
                {"name": e.name, "headers": e.headers, "payload": e.body}
                for e in examples(_name(topic))
                if e.type_ == type_
            ],
        }
    return messages


def _headers(required: list[str], **properties: Part) -> Part:
    return {"type": "object", "required": required, "properties": properties}


_TEXT: Part = {"type": "string"}
_KEY: Part = {"type": "string", "format": "uuid", "description": "The report's id."}
_CLOUD_EVENT = _headers(
    ["ce_id", "ce_type", "ce_source", "ce_time", "ce_specversion", "content-type"],
    ce_id={"type": "string", "format": "uuid"},
    ce_type={**_TEXT, "description": "The event's type with its version."},
    ce_source={**_TEXT, "examples": ["/meldekette/intake"]},
    ce_time={"type": "string", "format": "date-time"},
    ce_specversion={"type": "string", "const": "1.0"},
    **{"content-type": {"type": "string", "const": "application/json"}},
)
_WHY = ("dlq-topic", "dlq-partition", "dlq-offset", "dlq-reader", "dlq-reason")
_DEAD = _headers(list(_WHY), **dict.fromkeys((*_WHY, "dlq-retried"), _TEXT))
_DEAD_LETTER: Part = {
    "name": "dead.letter",
    "title": "DeadLetter",
    "summary": "The original bytes, and five headers that say why.",
    "contentType": "application/octet-stream",
    "headers": {"$ref": REFS.format(model="DeadLetterHeaders")},
    "payload": {"description": "Whatever it was."},
}
_TOMBSTONE: Part = {
    "name": "contact.forgotten",
    "title": "ContactForgotten",
    "summary": "A key without a value: how to reach the reporter is forgotten.",
    "payload": {"type": "null"},
    "bindings": {"kafka": {"key": _KEY, "bindingVersion": "0.5.0"}},
}
