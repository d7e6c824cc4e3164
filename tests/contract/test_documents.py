"""The generated schemas and the AsyncAPI document are true."""

import copy
import json

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from pydantic_asyncapi.v3 import AsyncAPI

from services.cli import contracts
from services.cli.examples import CONTRACTS, KEYS, examples
from services.cli.schemas import topics
from shared.sealing import Opener
from tests.contract.test_golden import EVENTS, decoded, sealed_in

HINT = "run `meldekette contracts write`"


@pytest.fixture(scope="module")
def wanted():
    return contracts.generated()


@pytest.fixture(scope="module")
def asyncapi():
    return json.loads((CONTRACTS / "asyncapi.json").read_text("utf-8"))


def test_the_generated_files_are_as_the_modules_say(wanted):
    differing = [
        file.name
        for file, text in wanted.items()
        if not file.exists() or file.read_text("utf-8") != text
    ]

    assert not differing, HINT
    assert not contracts.stale(wanted), HINT


@pytest.mark.parametrize("example", EVENTS, ids=lambda example: example.name)
def test_golden_messages_keep_to_their_schema(example):
    file = CONTRACTS / "schemas" / f"{example.type_}.json"
    schema = json.loads(file.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)

    checker = Draft202012Validator(schema, format_checker=FormatChecker())

    assert list(checker.iter_errors(example.body)) == []
    assert list(checker.iter_errors({**example.body, "report_id": 7, "week": 7}))


@pytest.mark.parametrize("example", EVENTS, ids=lambda example: example.name)
def test_sealed_content_keeps_to_its_schema(example):
    event = decoded(example)
    recipient, model, sealed = sealed_in(event)
    if sealed is None:
        return
    file = CONTRACTS / "schemas" / "content" / f"{model.__name__}.json"
    content = Opener(KEYS).open(recipient, sealed, event.report_id, model)

    checker = Draft202012Validator(json.loads(file.read_text("utf-8")))

    assert list(checker.iter_errors(content.model_dump(mode="json"))) == []


def test_the_asyncapi_document_is_valid(asyncapi):
    document = copy.deepcopy(asyncapi)
    for message in document["components"]["messages"].values():
        message.pop("bindings", None)  # the library does not know Kafka's for messages

    AsyncAPI.model_validate(document)


def test_the_asyncapi_document_names_every_topic_with_its_writers_and_readers(asyncapi):
    addresses = {channel["address"] for channel in asyncapi["channels"].values()}
    roles = {
        f"{service}.{action}.{topic.name.split('.')[0]}"
        for topic in topics()
        for action, services in (("send", topic.written_by), ("receive", topic.read_by))
        for service in services
    }

    assert addresses == {topic.name for topic in topics()}
    assert set(asyncapi["operations"]) == roles


def test_every_reference_in_the_asyncapi_document_leads_somewhere(asyncapi):
    for reference in references(asyncapi):
        target = asyncapi
        for part in reference.removeprefix("#/").split("/"):
            target = target[part]


def references(part):
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for inner in part.values():
            yield from references(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from references(inner)


def test_samples_hold_no_key_that_is_used_elsewhere():
    """Who copies these keys opens these samples and nothing else."""
    assert {file.stem for file in KEYS.glob("*.key")} == {
        file.stem for file in KEYS.glob("*.pub")
    }
    assert all(example.folder != "keys" for example in examples())
