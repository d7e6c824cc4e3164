"""Readers of replies, and what they bury."""

from shared.contracts.replies import REPLIES
from shared.kafka.dead_letters import letters
from shared.kafka.worker import Worker
from tests.waiting import until

SOON = 30


def worker_for(settings, publisher, handle):
    """A reader that is ready to run."""
    worker = Worker("reader", settings)
    worker.subscribe([REPLIES], handle, publisher=publisher)
    return worker


async def letters_when(settings, count):
    """The dead letters, once there are *count* of them."""

    async def enough():
        found = await letters(settings)
        return found if len(found) >= count else None

    return await until(enough, seconds=SOON)
