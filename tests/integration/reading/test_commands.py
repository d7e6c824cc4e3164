"""The operator's commands on a real broker: topics, and dead letters repaired once."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from tests.builders import a_reply
from tests.integration.reading.readers import SOON, letters_when, worker_for

ROOT = Path(__file__).parents[3]


@pytest.fixture
def meldekette(broker):
    """``meldekette``, as an operator gives it; answers its exit code and words."""

    async def run(*words):
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "services.cli", *words),
            cwd=ROOT,
            env={
                **os.environ,
                "KAFKA_BOOTSTRAP_SERVERS": broker.kafka_bootstrap_servers,
                "TOPIC_PREFIX": broker.topic_prefix,
            },
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        said, complained = await process.communicate()
        assert process.returncode == 0, complained.decode()
        return said.decode()

    return run


async def test_topics_are_shown_and_then_created(meldekette, broker):
    missing = await meldekette("topics", "apply", "--dry-run")
    created = await meldekette("topics", "apply")
    again = await meldekette("topics", "apply", "--dry-run")

    assert f"+ {broker.topic_prefix}tasks.jugendamt is missing" in missing
    assert f"+ {broker.topic_prefix}tasks.jugendamt created" in created
    assert "All 19 topics are as they should be." in again


async def test_a_repaired_letter_is_listed_shown_and_brought_through_once(
    meldekette, settings, publisher, tmp_path
):
    seen = asyncio.Queue()
    reply = a_reply()
    await publisher.send("replies", b"no key of ours", b"broken", ())
    async with worker_for(settings, publisher, seen.put).running():
        [letter] = await letters_when(settings, 1)
        listed = await meldekette("dlq", "list")
        shown = await meldekette("dlq", "show", letter.letter_id)
        repaired = tmp_path / "repaired.json"
        repaired.write_text(reply.model_dump_json())
        repair = ("--with", str(repaired), "--key", str(reply.report_id))
        retry = ("dlq", "retry", letter.letter_id, *repair)
        first, second = await meldekette(*retry), await meldekette(*retry)
        assert await asyncio.wait_for(seen.get(), SOON) == reply

    assert f"{letter.letter_id}  6 B  json.invalid: not JSON" in listed
    assert shown == "broken"
    assert "sent again to replies" in first
    assert "was sent again" in second
    assert letter.letter_id not in await meldekette("dlq", "list")
    assert seen.empty()
