"""Everything that was ever written can still be read, by everyone who reads it."""

import pytest

from services.cli.examples import KEYS, examples
from services.cli.schemas import event_schemas, topics, type_of
from shared.contracts.all import all_topics
from shared.contracts.content import (
    ContactContent,
    MessageContent,
    ReportContent,
    ReturnContent,
    TaskContent,
)
from shared.contracts.dead_letters import DEAD_LETTERS
from shared.contracts.event import Topic
from shared.kafka.wire import record
from shared.sealing import Opener, department_key

TOPICS = {
    topic.name.split(".")[0]: topic
    for topic in all_topics(["cleaning"])
    if isinstance(topic, Topic)
}
EVENTS = [example for example in examples() if example.type_]
READINGS = [
    pytest.param(reader, example, id=f"{reader}-{example.name}")
    for example in EVENTS
    for reader in TOPICS[example.folder].read_by
]
events = pytest.mark.parametrize("example", EVENTS, ids=lambda example: example.name)


def decoded(example):
    return TOPICS[example.folder].decode(example.value, example.key.encode())


def names():
    """Each topic's types, as its module has them."""
    return {
        (topic.name.split(".")[0], type_of(schema))
        for topic in topics()
        if isinstance(topic, Topic)
        for schema in event_schemas(topic)
    }


def test_every_type_of_every_topic_has_a_golden_message():
    missing = names() - {(example.folder, example.type_) for example in EVENTS}

    assert not missing, "add shared/contracts/examples/<topic>/<type>.json"


@pytest.mark.parametrize(("reader", "example"), READINGS)
def test_every_reader_understands_every_message_of_its_topics(reader, example):
    event = decoded(example)

    assert getattr(event, "type") == example.type_  # noqa: B009
    assert str(event.event_id) == example.headers["ce_id"]


@events
def test_what_is_written_today_still_says_all_that_was_said(example):
    written = record(
        TOPICS[example.folder],
        decoded(example),
        source=example.headers["ce_source"].rsplit("/", 1)[1],
    )

    assert written.key.decode() == example.key
    assert {k: v.decode() for k, v in written.headers} == example.headers
    assert said(example.body, TOPICS[example.folder].decode(written.value, written.key))


def said(body, event):
    """Whether an event has all that a body says."""
    now = event.model_dump(mode="json")
    return body.items() <= now.items() if _flat(body) else {**now, **body} == now


def _flat(body):
    return not any(isinstance(value, (dict, list)) for value in body.values())


@events
def test_sealed_content_opens_with_its_recipients_key_and_names_its_report(example):
    event = decoded(example)
    recipient, model, sealed = sealed_in(event)
    if sealed is None:
        return

    content = Opener(KEYS).open(recipient, sealed, event.report_id, model)

    assert content.report_id == event.report_id


SEALED_TO = {
    "report.received.v1": ("router", ReportContent),
    "task.returned.v1": ("router", ReturnContent),
    "service.corrected.v1": ("router", ReturnContent),
    "contact.given.v1": ("notifier", ContactContent),
    "reply.received.v1": ("desk", MessageContent),
}


def sealed_in(event):
    """To whom an event's content is sealed, what it is, and the sealed box."""
    if event.type == "status.changed.v1":
        [sealed] = [message.content for message in event.messages] or [None]
        return "citizens", MessageContent, sealed
    sealed = getattr(event, "content", None)
    confidential = getattr(event, "lane", None) == "confidential"
    if confidential or event.type == "task.assigned.v1":
        return department_key(event.department), TaskContent, sealed
    return *SEALED_TO.get(event.type, (None, None)), sealed


def test_an_earlier_case_travels_sealed_from_report_to_task_and_may_be_missing():
    found = {}
    for example in (*examples("reports"), *examples("tasks")):
        recipient, model, sealed = sealed_in(event := decoded(example))
        content = Opener(KEYS).open(recipient, sealed, event.report_id, model)
        report = getattr(content, "report", content)
        found[example.name] = [str(each.report_id) for each in report.similar]

    earlier = [decoded(e) for e in EVENTS if e.name == "report.received.v1"]
    ids = [str(report.report_id) for report in earlier]
    assert {name: named for name, named in found.items() if named} == {
        "report.received.v1.similar": ids,
        "task.assigned.v1.similar": ids,
    }


@events
def test_confidential_messages_say_nothing_in_clear(example):
    if example.body.get("lane") != "confidential":
        return
    told = {name for name, value in example.body.items() if value}

    assert not told & {"service_code", "quarter", "place", "messages"}
    if example.folder == "status":
        assert "department" not in told


def test_a_tombstone_forgets_a_report():
    [tombstone] = [e for e in examples("contacts") if e.name == "tombstone"]

    assert tombstone.value is None
    assert TOPICS["contacts"].tombstones


def test_a_dead_letter_says_why():
    [letter] = examples(DEAD_LETTERS.name)

    why = {name for name in letter.headers if name.startswith("dlq-")}
    assert why == {
        f"dlq-{n}" for n in ("topic", "partition", "offset", "reader", "reason")
    }
