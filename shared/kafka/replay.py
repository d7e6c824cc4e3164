"""Reading a topic from its beginning to its present end, beside the running readers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaConnectionError, UnknownTopicOrPartitionError

from shared.contracts.event import TopicSettings
from shared.kafka.publisher import BrokerAway
from shared.settings import KafkaSettings


class NoSuchTopic(LookupError):
    """The broker does not have the topic: ``meldekette topics apply`` creates it."""


async def replay(topic: TopicSettings, settings: KafkaSettings) -> AsyncIterator[Any]:
    """
    Every message (aiokafka ConsumerRecord) that the topic holds now.

    In order within a partition; it ends at the end as it was when the call began.
    Raises NoSuchTopic, BrokerAway.
    """
    async with _consumer(settings.topic_prefix + topic.name, settings) as consumer:
        partitions = sorted(consumer.assignment())
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


@asynccontextmanager
async def _consumer(
    name: str, settings: KafkaSettings
) -> AsyncIterator[AIOKafkaConsumer]:
    """A consumer of all partitions of one topic, in no group."""
    consumer = AIOKafkaConsumer(
        name,
        bootstrap_servers=settings.kafka_bootstrap_servers,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
    )
    try:
        await consumer.start()
        yield consumer
    except UnknownTopicOrPartitionError as error:
        raise NoSuchTopic(name) from error
    except KafkaConnectionError as error:
        raise BrokerAway(f"{name}: {type(error).__name__}") from error
    finally:
        await consumer.stop()
