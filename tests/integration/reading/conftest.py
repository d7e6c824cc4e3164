"""A topic to read, and who writes to it."""

import pytest

from shared.contracts.dead_letters import DEAD_LETTERS
from shared.contracts.replies import REPLIES
from shared.kafka.publisher import open_publisher
from shared.kafka.topics import apply


@pytest.fixture
async def settings(broker):
    await apply([REPLIES, DEAD_LETTERS], broker)
    return broker


@pytest.fixture
async def publisher(settings):
    async with open_publisher(settings, source="test") as publisher:
        yield publisher
