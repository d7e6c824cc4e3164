"""The wire only grows: old and new writers and readers understand each other (T51)."""

import json

import pytest

from services.cli.schemas import event_schemas, topics, type_of
from shared.contracts.event import Topic, UnreadableEvent
from tests.contract.test_golden import EVENTS, TOPICS, decoded

events = pytest.mark.parametrize("example", EVENTS, ids=lambda example: example.name)


def read(example, body):
    value = json.dumps(body).encode()
    return TOPICS[example.folder].decode(value, example.key.encode())


def grown(value):
    """The same, as a newer writer would say it: with more in every object."""
    if isinstance(value, dict):
        return {name: grown(part) for name, part in value.items()} | {"newer": {"x": 1}}
    if isinstance(value, list):
        return [grown(part) for part in value]
    return value


@events
def test_a_newer_writers_additions_are_overlooked(example):
    assert read(example, grown(example.body)) == decoded(example)


@events
def test_an_older_writers_gaps_are_filled(example):
    """What is required is required for ever; all else may be missing."""
    [schema] = [
        schema
        for topic in topics()
        if isinstance(topic, Topic)
        for schema in event_schemas(topic)
        if type_of(schema) == example.type_
    ]
    required = {*schema["required"], "type"}

    event = read(example, {k: v for k, v in example.body.items() if k in required})

    assert event.event_id == decoded(example).event_id


@events
def test_an_unknown_major_version_is_a_dead_letter_and_says_so(example):
    kept = {name: example.body[name] for name in ("event_id", "occurred_at")}
    newer = {**kept, "type": example.type_.replace(".v1", ".v2"), "all": "is new"}

    with pytest.raises(UnreadableEvent) as caught:
        read(example, newer)

    assert caught.value.code == "type.unknown"


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (b"{ not json", "json.invalid"),
        (b"\x00", "json.invalid"),
        (b"[]", "schema.violated"),
        (b"{}", "schema.violated"),
        (b"null", "schema.violated"),
    ],
)
@pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS)
def test_garbage_is_unreadable_and_its_reason_does_not_repeat_it(topic, broken, code):
    with pytest.raises(UnreadableEvent) as caught:
        topic.decode(broken, b"key")

    assert caught.value.code in {code, "type.unknown"}


@events
def test_a_reason_never_carries_what_was_written(example):
    body = {**example.body, "occurred_at": "canary-of-a-citizen"}

    with pytest.raises(UnreadableEvent) as caught:
        read(example, body)

    assert "canary" not in str(caught.value)


def test_an_event_under_a_foreign_key_is_unreadable():
    first, second, *_ = [e for e in EVENTS if e.folder == "reports"]

    with pytest.raises(UnreadableEvent) as caught:
        TOPICS["reports"].decode(first.value or b"", second.key.encode())

    assert caught.value.code == "key.mismatch"
