"""The public view in Redis: the newest state of each report, and two public lists."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID

import structlog
from redis.asyncio import Redis

from services.intake.lists import Placed, listed_as, placed_as
from shared.contracts.event import UnreadableEvent
from shared.contracts.status import STATUS, StatusChanged
from shared.kafka.replay import replay
from shared.settings import KafkaSettings

log = structlog.get_logger()

PUBLIC = "view:public"
PLACES = "view:places"
COMPLETE = "view:complete"
REBUILDING = "view:rebuilding"
BATCH = 500
MOST_NEAR = 100
"""So many reports at one place are looked at; a place with more has other worries."""
LOCKED_SECONDS = 20

_PUT = """
local present = redis.call('HGET', KEYS[1], 'version')
if present and tonumber(present) >= tonumber(ARGV[1]) then return 0 end
local listed = redis.call('HGET', KEYS[1], 'listed')
if listed and listed ~= ARGV[3] then redis.call('ZREM', KEYS[2], listed) end
local placed = redis.call('HGET', KEYS[1], 'placed')
if placed and placed ~= ARGV[4] then redis.call('ZREM', KEYS[3], placed) end
redis.call('HSET', KEYS[1], 'version', ARGV[1], 'value', ARGV[2],
  'listed', ARGV[3], 'placed', ARGV[4])
if ARGV[3] ~= '' then redis.call('ZADD', KEYS[2], 0, ARGV[3]) end
if ARGV[4] ~= '' then redis.call('GEOADD', KEYS[3], ARGV[5], ARGV[6], ARGV[4]) end
return 1
"""


class View:
    """What everybody may see; it can be thrown away and rebuilt from ``status``."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._put = redis.register_script(_PUT)

    async def put(self, state: StatusChanged) -> bool:
        """Keep a state unless a newer one is there; the lists follow in one step."""
        place = state.place
        put = await self._put(
            keys=[_key(state.report_id), PUBLIC, PLACES],
            args=[
                state.version,
                state.model_dump_json(),
                listed_as(state),
                placed_as(state),
                *((place.long, place.lat) if place else (0, 0)),
            ],
        )
        return bool(put)

    async def get(self, report_id: UUID) -> StatusChanged | None:
        """The newest state of a report."""
        value = await self._redis.hget(_key(report_id), "value")
        return None if value is None else StatusChanged.model_validate_json(value)

    async def near(self, lat: float, long: float, metres: float) -> list[Placed]:
        """Open public reports within *metres*, the nearest first."""
        found: Any = await self._redis.geosearch(
            PLACES,
            longitude=long,
            latitude=lat,
            radius=metres,
            sort="ASC",
            count=MOST_NEAR,
            withcoord=True,
        )
        return [Placed.read(_text(name), at[1], at[0]) for name, at in found]

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
            yield await self._listed(cursors)
            upper = f"({cursors[-1]}"

    async def states(self, report_ids: Sequence[UUID]) -> dict[UUID, StatusChanged]:
        """The newest states of those reports that the view has."""
        async with self._redis.pipeline(transaction=False) as pipeline:
            for report_id in report_ids:
                pipeline.hget(_key(report_id), "value")
            values = await pipeline.execute()
        return {
            report_id: StatusChanged.model_validate_json(value)
            for report_id, value in zip(report_ids, values, strict=True)
            if value is not None
        }

    async def _listed(self, cursors: list[str]) -> list[tuple[str, StatusChanged]]:
        named = {cursor: UUID(cursor.split("_")[1]) for cursor in cursors}
        states = await self.states(list(named.values()))
        return [(c, states[named[c]]) for c in cursors if named[c] in states]


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


def _key(report_id: UUID) -> str:
    return f"view:{report_id}"


async def _wipe(redis: Redis) -> None:
    """Remove every key of the view except the lock."""
    await redis.delete(COMPLETE, PUBLIC, PLACES)
    async for key in redis.scan_iter(match="view:*", count=1000):
        if _text(key) != REBUILDING:
            await redis.delete(key)


def _text(name: bytes | str) -> str:
    return name if isinstance(name, str) else name.decode()
