"""A connection to Redis, and writes that never step back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from redis import exceptions
from redis.asyncio import Redis

AWAY = (
    exceptions.ConnectionError,
    exceptions.TimeoutError,
    exceptions.BusyLoadingError,
)
"""Errors that mean: Redis is away, not wrong."""

_PUT_IF_NEWER = """
local present = redis.call('HGET', KEYS[1], 'version')
if present and tonumber(present) >= tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'version', ARGV[1], 'value', ARGV[2])
return 1
"""


@asynccontextmanager
async def open_redis(url: str) -> AsyncIterator[Redis]:
    """A client that answers or fails within two seconds."""
    client = Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)
    try:
        yield client
    finally:
        await client.aclose()


async def put_if_newer(redis: Redis, key: str, version: int, value: bytes) -> bool:
    """
    Compare-and-set on the version: an older or equal one changes nothing.

    The value lies in a hash with the fields ``version`` and ``value``.
    """
    put = redis.register_script(_PUT_IF_NEWER)
    return bool(await put(keys=[key], args=[version, value]))
