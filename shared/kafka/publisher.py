"""Writing to Kafka: acknowledged by the broker, or an honest error in time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import (
    KafkaError,
    MessageSizeTooLargeError,
    RecordTooLargeError,
)

from shared.contracts.dead_letters import DEAD_LETTERS, DeadLetter
from shared.contracts.event import Event, Topic
from shared.errors import DependencyAway
from shared.kafka.wire import Headers, record
from shared.settings import KafkaSettings

log = structlog.get_logger()

E = TypeVar("E", bound=Event)

MAX_BYTES = 1_000_000


class BrokerAway(DependencyAway):
    """The broker did not acknowledge in time. Whether it has the record is unknown."""


class TooLarge(ValueError):
    """The broker would never take a record of this size."""


class Publisher:
    """
    An idempotent producer (acks=all) that never waits longer than its timeout.

    After an unclear error it is thrown away and built anew: an idempotent producer
    can otherwise hang for ever (KIP-98 batches never expire).
    """

    def __init__(self, settings: KafkaSettings, *, source: str) -> None:
        self._settings = settings
        self._source = source
        self._producer: AIOKafkaProducer | None = None
        self._starting = asyncio.Lock()
        self._farewells: set[asyncio.Task[None]] = set()

    async def publish(self, topic: Topic[E], event: E) -> None:
        """Write an event; returns when the broker has it. Else BrokerAway, TooLarge."""
        message = record(topic, event, source=self._source)
        await self.send(topic.name, message.key, message.value, message.headers)

    async def forget(self, topic: Topic[E], key: str) -> None:
        """Write a tombstone: compaction removes what was written under this key."""
        await self.send(topic.name, key.encode(), None, ())

    async def bury(self, letter: DeadLetter) -> None:
        """Write a dead letter: the original bytes and why."""
        await self.send(
            DEAD_LETTERS.name, letter.key, letter.value, letter.dlq_headers()
        )

    async def send(
        self, topic: str, key: bytes | None, value: bytes | None, headers: Headers
    ) -> None:
        """Write one record to a topic, named without the prefix."""
        name = self._settings.topic_prefix + topic
        try:
            async with asyncio.timeout(self._settings.send_timeout):
                producer = await self._started()
                await producer.send_and_wait(
                    name, key=key, value=value, headers=list(headers)
                )
        except (MessageSizeTooLargeError, RecordTooLargeError) as error:
            raise TooLarge(f"{topic}: the record is too large") from error
        except (KafkaError, TimeoutError, OSError) as error:
            self._discard()
            raise BrokerAway(f"{topic}: {type(error).__name__}") from error

    async def ping(self) -> None:
        """Ask the broker for its metadata. Raises BrokerAway."""
        try:
            async with asyncio.timeout(self._settings.send_timeout):
                producer = await self._started()
                await producer.client.fetch_all_metadata()
        except (KafkaError, TimeoutError, OSError) as error:
            raise BrokerAway(type(error).__name__) from error

    async def close(self) -> None:
        """Send what is under way and stop."""
        if self._producer is not None:
            with suppress(KafkaError, TimeoutError, OSError):
                await asyncio.wait_for(
                    self._producer.stop(), self._settings.send_timeout
                )
            self._producer = None
        for task in list(self._farewells):
            task.cancel()

    async def _started(self) -> AIOKafkaProducer:
        if self._producer is not None:
            return self._producer
        async with self._starting:
            if self._producer is None:
                producer = AIOKafkaProducer(
                    bootstrap_servers=self._settings.kafka_bootstrap_servers,
                    acks="all",
                    enable_idempotence=True,
                    max_request_size=MAX_BYTES,
                    request_timeout_ms=int(self._settings.send_timeout * 1000),
                )
                try:
                    await producer.start()
                except BaseException:
                    self._say_farewell(producer)
                    raise
                self._producer = producer
        return self._producer

    def _discard(self) -> None:
        """Forget the producer with all that it has not sent."""
        producer, self._producer = self._producer, None
        if producer is not None:
            log.warning("producer.discarded")
            self._say_farewell(producer)

    def _say_farewell(self, producer: AIOKafkaProducer) -> None:
        task = asyncio.get_running_loop().create_task(_end(producer))
        self._farewells.add(task)
        task.add_done_callback(self._farewells.discard)


async def _end(producer: AIOKafkaProducer) -> None:
    """
    End a producer that may hang, without sending what it still holds.

    Its own stop() flushes first and would wait for the broker, so the sender is
    cancelled before.
    """
    sender = producer._sender.sender_task  # private: pinned
    if sender is not None:
        sender.cancel()
    with suppress(KafkaError, TimeoutError, OSError, asyncio.CancelledError):
        await asyncio.wait_for(producer.stop(), 5)


@asynccontextmanager
async def open_publisher(
    settings: KafkaSettings, *, source: str
) -> AsyncIterator[Publisher]:
    """A publisher that stops with its block."""
    publisher = Publisher(settings, source=source)
    try:
        yield publisher
    finally:
        await publisher.close()
