"""The public view in Redis: the newest state of each report, and the public list."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import structlog
from redis.asyncio import Redis

from shared.contracts.event import UnreadableEvent
from shared.contracts.status import STATUS, StatusChanged
from shared.contracts.vocabulary import Lane
from shared.kafka.replay import replay
from shared.settings import KafkaSettings

log = structlog.get_logger()

PUBLIC = "view:public"
COMPLETE = "view:complete"
REBUILDING = "view:rebuilding"
BATCH = 500
LOCKED_SECONDS = 20

_PUT = """
local present = redis.call('HGET', KEYS[1], 'version')
if present and tonumber(present) >= tonumber(ARGV[1]) then return 0 end
local listed = redis.call('HGET', KEYS[1], 'listed')
if listed and listed ~= ARGV[3] then redis.call('ZREM', KEYS[2], listed) end
redis.call('HSET', KEYS[1], 'version', ARGV[1], 'value', ARGV[2], 'listed', ARGV[3])
if ARGV[3] ~= '' then redis.call('ZADD', KEYS[2], 0, ARGV[3]) end
return 1
"""


class View:
    """What everybody may see; it can be thrown away and rebuilt from ``status``."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._put = redis.register_script(_PUT)

    async def put(self, state: StatusChanged) -> bool:
        """Keep a state unless a newer one is there; the list follows in one step."""
        put = await self._put(
            keys=[_key(state.report_id), PUBLIC],
            args=[state.version, state.model_dump_json(), listed_as(state)],
        )
        return bool(put)

    async def get(self, report_id: UUID) -> StatusChanged | None:
        """The newest state of a report."""
        value = await self._redis.hget(_key(report_id), "value")
        return None if value is None else StatusChanged.model_validate_json(value)

    async def complete(self) -> bool:
        """Whether the view holds all that ``status`` says."""
        return bool(await self._redis.exists(COMPLETE))

    async def newest_first(
        self, after: str | None
    ) -> AsyncIterator[list[tuple[str, StatusChanged]]]:
        """Listed reports with their cursors, batch by batch."""
        upper = f"({after}" if after else "+"
        while True:
            found = await self._redis.zrevrangebylex(PUBLIC, upper, "-", 0, BATCH)
            cursors = [_text(cursor) for cursor in found]
            if not cursors:
                return
            yield await self._states(cursors)
            upper = f"({cursors[-1]}"

    async def _states(self, cursors: list[str]) -> list[tuple[str, StatusChanged]]:
        async with self._redis.pipeline(transaction=False) as pipeline:
            for cursor in cursors:
                pipeline.hget(_key(UUID(cursor.split("_")[1])), "value")
            values = await pipeline.execute()
        return [
            (cursor, StatusChanged.model_validate_json(value))
            for cursor, value in zip(cursors, values, strict=True)
            if value is not None
        ]


async def rebuild(
    redis: Redis, kafka_settings: KafkaSettings, *, only_if_lost: bool = False
) -> int:
    """
    Wipe the view and replay ``status`` into it; returns how many events were read.

    Whoever writes meanwhile writes what Kafka already has, so nothing can be missed.
    """
    async with redis.lock(REBUILDING, timeout=LOCKED_SECONDS) as lock:
        if only_if_lost and await redis.exists(COMPLETE):
            return 0
        await _wipe(redis)
        view, count = View(redis), 0
        async for message in replay(STATUS, kafka_settings):
            if count % BATCH == 0:
                # Short, so that a kill in here does not keep the next one waiting.
                await lock.reacquire()
            await _replayed(message, view)
            count += 1
        await redis.set(COMPLETE, count)
    log.info("view.rebuilt", events=count)
    return count


async def _replayed(message: Any, view: View) -> None:
    """Put one message into the view; what cannot be read is a dead letter already."""
    if message.value is None:
        return
    try:
        await view.put(STATUS.decode(message.value, message.key))
    except UnreadableEvent as error:
        log.warning("state.unreadable", code=error.code)


async def keep_complete(
    redis: Redis, kafka_settings: KafkaSettings, *, every: float = 3.0
) -> None:
    """Rebuild whenever the view turns out to be lost, for as long as intake runs."""
    while True:
        try:
            if not await redis.exists(COMPLETE):
                await rebuild(redis, kafka_settings, only_if_lost=True)
        except Exception as error:  # noqa: BLE001  tried again, and readyz says it
            log.warning("view.incomplete", error=type(error).__name__)
        await asyncio.sleep(every)


def listed_as(state: StatusChanged) -> str:
    """The place of a report in the public list, by time; '' keeps it out."""
    if state.lane is Lane.CONFIDENTIAL:
        return ""
    milliseconds = int(state.received_at.timestamp() * 1000)
    return f"{milliseconds:015d}_{state.report_id}"


def _key(report_id: UUID) -> str:
    return f"view:{report_id}"


async def _wipe(redis: Redis) -> None:
    """Remove every key of the view except the lock."""
    await redis.delete(COMPLETE, PUBLIC)
    async for key in redis.scan_iter(match="view:*", count=1000):
        if _text(key) != REBUILDING:
            await redis.delete(key)


def _text(name: bytes | str) -> str:
    return name if isinstance(name, str) else name.decode()
