"""A notifier and all around it."""

from contextlib import asynccontextmanager

import pytest

from services.notifier.app import build
from services.notifier.settings import Settings
from shared.contracts.contacts import CONTACTS
from shared.contracts.dead_letters import DEAD_LETTERS
from shared.contracts.deliveries import DELIVERIES
from shared.contracts.status import STATUS
from shared.kafka.publisher import open_publisher
from shared.kafka.replay import replay
from shared.kafka.topics import apply
from tests.mailserver import mail_server
from tests.reporters import Keys, Told


@pytest.fixture
async def server():
    async with mail_server() as server:
        yield server


@pytest.fixture
def keys(tmp_path):
    return Keys(tmp_path)


@pytest.fixture
async def settings(broker, redis_url, keys, server):
    await apply([STATUS, CONTACTS, DELIVERIES, DEAD_LETTERS], broker)
    return Settings(
        kafka_bootstrap_servers=broker.kafka_bootstrap_servers,
        topic_prefix=broker.topic_prefix,
        redis_url=redis_url,
        http_port=0,
        public_keys_dir=keys.public,
        private_keys_dir=keys.private,
        smtp_url=server.url,
        mail_from="no-reply@stadt.example",
        public_url="http://127.0.0.1:1",
        mail_timeout=2,
        retry_seconds=0.2,
    )


@pytest.fixture
async def told(settings):
    patient = settings.model_copy(update={"send_timeout": 20})
    async with open_publisher(patient, source="test") as publisher:
        yield Told(publisher)


@pytest.fixture
def notifier(settings):
    """Starts a notifier: ``async with notifier() as parts``."""

    @asynccontextmanager
    async def start(**changed):
        async with build(settings.model_copy(update=changed)) as parts:
            async with parts.worker.running():
                yield parts

    return start


@pytest.fixture
def deliveries(settings):
    """Reads what has been said of deliveries."""

    async def read():
        return [
            DELIVERIES.decode(message.value, message.key)
            async for message in replay(DELIVERIES, settings)
        ]

    return read
