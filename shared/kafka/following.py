"""Reading topics from their present end on, beside the running readers."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from aiokafka import AIOKafkaConsumer

from shared.contracts.event import TopicSettings
from shared.settings import KafkaSettings


@asynccontextmanager
async def following(
    topics: Sequence[TopicSettings], settings: KafkaSettings
) -> AsyncIterator[AsyncIterator[Any]]:
    """
    Whatever is written to *topics* from now on (aiokafka ConsumerRecord).

    In no group: who watches takes nothing away and commits nothing.
    """
    consumer = AIOKafkaConsumer(
        *(settings.topic_prefix + topic.name for topic in topics),
        bootstrap_servers=settings.kafka_bootstrap_servers,
        enable_auto_commit=False,
        auto_offset_reset="latest",
    )
    await consumer.start()
    try:
        for partition in consumer.assignment():
            await consumer.position(partition)  # from here on, not from some time soon
        yield aiter(consumer)
    finally:
        await consumer.stop()
