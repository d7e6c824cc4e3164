"""Redis anew from Kafka: contacts, what was told, and what is still to tell."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import uuid4

import structlog
from redis.asyncio import Redis

from services.notifier.handlers import MEMORY, Handlers
from services.notifier.outbox import COMPLETE, Outbox
from shared.contracts.contacts import CONTACTS
from shared.contracts.deliveries import DELIVERIES, NotificationDelivered
from shared.contracts.event import Event, Topic, UnreadableEvent
from shared.contracts.status import STATUS, StatusChanged
from shared.kafka.replay import replay
from shared.settings import KafkaSettings

log = structlog.get_logger()

LOCK = "notifier:rebuilding"
LOCK_SECONDS = 9
BATCH = 500

T = TypeVar("T")
E = TypeVar("E", bound=Event)


async def complete(redis: Redis, kafka: KafkaSettings) -> None:
    """Rebuild if Redis does not hold everything: a new one, or an emptied one."""
    if not await redis.exists(COMPLETE):
        await rebuild(redis, kafka)


async def rebuild(redis: Redis, kafka: KafkaSettings) -> dict[str, int]:
    """
    Forget the notifier's part of Redis and read it again from Kafka.

    Nothing is sent meanwhile. If somebody else rebuilds, wait until that is done.
    """
    token = uuid4().hex
    while not await redis.set(LOCK, token, nx=True, ex=LOCK_SECONDS):
        if await redis.exists(COMPLETE):
            return {}
        await asyncio.sleep(0.2)
    keeper = asyncio.get_running_loop().create_task(_hold(redis))
    try:
        counts = await _rebuilt(redis, kafka)
    finally:
        keeper.cancel()
        await redis.delete(LOCK)
    log.info("outbox.rebuilt", **counts)
    return counts


async def _rebuilt(redis: Redis, kafka: KafkaSettings) -> dict[str, int]:
    await redis.delete(COMPLETE)
    await _wipe(redis)
    replayed = _Replayed(redis)
    counts = {
        "contacts": await replayed.contacts(kafka),
        "deliveries": await replayed.deliveries(kafka),
        "status": await replayed.status(kafka),
    }
    await redis.set(COMPLETE, 1)
    return counts


async def _hold(redis: Redis) -> None:
    """Keep the lock while it is needed."""
    while True:
        await asyncio.sleep(LOCK_SECONDS / 3)
        await redis.expire(LOCK, LOCK_SECONDS)


async def _wipe(redis: Redis) -> None:
    for pattern in ("notifier:*", "contact:*"):
        async for keys in _batches(redis.scan_iter(match=pattern, count=BATCH)):
            kept = [key for key in keys if key != LOCK.encode()]
            if kept:
                await redis.unlink(*kept)


class _Replayed:
    """The three topics, each read to its present end."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._outbox = Outbox(redis, instance="rebuild", lease=1)
        self._handlers = Handlers(outbox=self._outbox, wake=lambda: None)
        self._since = datetime.now(UTC) - MEMORY

    async def contacts(self, kafka: KafkaSettings) -> int:
        """Sealed, the latest of each report; a tombstone takes it away."""
        count = 0
        async for messages in _batches(replay(CONTACTS, kafka)):
            pipe = self._redis.pipeline(transaction=False)
            for message in messages:
                if message.value is None:
                    pipe.delete(f"contact:{_key(message)}")
                elif (event := _decoded(CONTACTS, message)) is not None:
                    pipe.set(f"contact:{event.report_id}", event.content)
                    count += 1
            await pipe.execute()
        return count

    async def deliveries(self, kafka: KafkaSettings) -> int:
        """What was told stays told."""
        count = 0
        async for messages in _batches(replay(DELIVERIES, kafka)):
            pipe = self._redis.pipeline(transaction=False)
            for message in messages:
                if (event := _decoded(DELIVERIES, message)) is None:
                    continue
                good = isinstance(event, NotificationDelivered)
                pipe.hset(
                    f"notifier:told:{event.report_id}",
                    f"{event.version}:{event.channel}",
                    "delivered" if good else "failed",
                )
                count += 1
            await pipe.execute()
        return count

    async def status(self, kafka: KafkaSettings) -> int:
        """What is younger than the topic's memory is to be told, unless it was."""
        count = 0
        async for message in replay(STATUS, kafka):
            if (event := _decoded(STATUS, message)) is not None:
                await self._status(event)
                count += 1
        return count

    async def _status(self, event: StatusChanged) -> None:
        if event.occurred_at >= self._since:
            await self._handlers.on_status_changed(event)
        else:
            await self._outbox.enqueue(
                event.report_id, (), version=event.version, fresh=False
            )


def _key(message: Any) -> str:
    return (message.key or b"").decode("utf-8", "replace")


def _decoded(topic: Topic[E], message: Any) -> E | None:
    """The event. Unreadable ones are dead letters already; tombstones are no events."""
    if message.value is None:
        return None
    try:
        return topic.decode(message.value, message.key)
    except UnreadableEvent:
        return None


async def _batches(items: AsyncIterator[T]) -> AsyncIterator[list[T]]:
    """Items in lists of at most BATCH."""
    batch: list[T] = []
    async for item in items:
        batch.append(item)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
