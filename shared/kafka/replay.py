"""Reading a topic from its beginning to its present end, beside the running readers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition

from shared.contracts.event import TopicSettings
from shared.settings import KafkaSettings


async def replay(topic: TopicSettings, settings: KafkaSettings) -> AsyncIterator[Any]:
    """
    Every message (aiokafka ConsumerRecord) that the topic holds now.

    In order within a partition; it ends at the end as it was when the call began.
    """
    async with _consumer(settings) as consumer:
        name = settings.topic_prefix + topic.name
        numbers = await _partitions(consumer, name)
        partitions = [TopicPartition(name, number) for number in sorted(numbers)]
        consumer.assign(partitions)
        ends = await consumer.end_offsets(partitions)
        starts = await consumer.beginning_offsets(partitions)
        open_ones = {p for p in partitions if ends[p] > starts[p]}
        consumer.pause(*(p for p in partitions if p not in open_ones))
        await consumer.seek_to_beginning(*partitions)
        while open_ones:
            batches = await consumer.getmany(timeout_ms=500, max_records=2000)
            for partition, messages in batches.items():
                for message in messages:
                    if message.offset < ends[partition]:
                        yield message
            for partition in list(open_ones):
                if await consumer.position(partition) >= ends[partition]:
                    open_ones.discard(partition)
                    consumer.pause(partition)


async def _partitions(consumer: AIOKafkaConsumer, name: str) -> set[int]:
    """The partitions of a topic; none when it does not exist."""
    topics = await consumer.topics()
    return (consumer.partitions_for_topic(name) or set()) if name in topics else set()


@asynccontextmanager
async def _consumer(settings: KafkaSettings) -> AsyncIterator[AIOKafkaConsumer]:
    consumer = AIOKafkaConsumer(
        bootstrap_servers=settings.kafka_bootstrap_servers,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
    )
    await consumer.start()
    try:
        yield consumer
    finally:
        await consumer.stop()
