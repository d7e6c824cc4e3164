"""A router and all around it: a city with a few cases, keys, and a tiny model."""

import asyncio
import json
import os
import sys
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from deploy.local.places import ROOT
from services.cli.installing import install
from services.router.app import build
from services.router.settings import Settings
from shared.contracts.all import all_topics
from shared.kafka.publisher import open_publisher
from shared.kafka.topics import apply
from shared.sealing import department_key, write_key_pair
from tests.integration.router.desk import Desk
from tests.tiny_model import tiny_model, write_corpus
from tests.unit.city.essen import PACK, essen

CASES = (
    {"text": "Laterne defekt vor Haus 9", "expect": {"department": "roads"}},
    {"text": "Es brennt im Keller", "expect": {"lane": "danger"}},
    {"text": "Kind wird geschlagen im Flur", "expect": {"lane": "confidential"}},
)


@pytest.fixture
def pack(tmp_path):
    """Essen, but with cases that a tiny model can decide."""
    folder = tmp_path / "pack"
    folder.mkdir()
    for file in PACK.iterdir():
        if file.name != "cases.jsonl":
            (folder / file.name).symlink_to(file)
    lines = (f"{json.dumps(case)}\n" for case in CASES)
    (folder / "cases.jsonl").write_text("".join(lines))
    return folder


@pytest.fixture
async def settings(broker, pack, tmp_path):
    await apply(all_topics(essen().departments), broker)
    for name in ("router", *map(department_key, essen().departments)):
        write_key_pair(name, tmp_path / "public", (tmp_path / "private",))
    install(replace(tiny_model(), version="tiny"), tmp_path / "model")
    return Settings(
        kafka_bootstrap_servers=broker.kafka_bootstrap_servers,
        topic_prefix=broker.topic_prefix,
        http_port=0,
        city_pack=pack,
        model_dir=tmp_path / "model",
        model_look_seconds=0.1,
        public_keys_dir=tmp_path / "public",
        private_keys_dir=tmp_path / "private",
    )


@pytest.fixture
def router(settings):
    """Starts a router: ``async with router() as parts``."""

    @asynccontextmanager
    async def start():
        async with build(settings) as parts, parts.worker.running():
            yield parts

    return start


@pytest.fixture
async def desk(settings):
    """Whoever reports, and the clerks who give back."""
    async with open_publisher(settings, source="test") as publisher:
        yield Desk(settings, publisher)


@pytest.fixture
def meldekette(settings, tmp_path):
    """``meldekette``, as an operator gives it; answers its exit code and words."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "KAFKA_BOOTSTRAP_SERVERS": settings.kafka_bootstrap_servers,
        "TOPIC_PREFIX": settings.topic_prefix,
        "CITY_PACK": str(settings.city_pack),
        "MODEL_DIR": str(settings.model_dir),
        "PRIVATE_KEYS_DIR": str(settings.private_keys_dir),
    }
    corpus = write_corpus(tmp_path / "corpus")

    async def run(*words, **changed):
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "services.cli", *words),
            cwd=corpus.parent,
            env=environment | changed,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await process.communicate()
        return process.returncode, said.decode()

    return run
