"""Remembers Idempotency-Keys: what was accepted, for two days."""

import hmac
from enum import Enum

from redis.asyncio import Redis

SECONDS = 48 * 3600


class Seen(Enum):
    """What is known of a key."""

    NEVER = "never"
    SAME = "same body"
    OTHER = "another body"


class Memory:
    """
    Maps a key to the fingerprint of its body.

    Both are HMACs: Redis holds nothing that could be guessed back.
    """

    def __init__(self, redis: Redis, *, secret: bytes) -> None:
        self._redis = redis
        self._secret = secret

    async def seen(self, client: str, key: str, fingerprint: bytes) -> Seen:
        """Whether this key was accepted, and with this body."""
        known = await self._redis.get(self._name(client, key))
        if known is None:
            return Seen.NEVER
        return Seen.SAME if known == self._mark(fingerprint) else Seen.OTHER

    async def remember(self, client: str, key: str, fingerprint: bytes) -> None:
        """To be called after Kafka's acknowledgement, never before."""
        mark = self._mark(fingerprint)
        await self._redis.set(self._name(client, key), mark, ex=SECONDS, nx=True)

    def _name(self, client: str, key: str) -> str:
        parts = f"{len(client)}:{client}:{key}".encode()
        return f"idem:{hmac.digest(self._secret, parts, 'sha256').hex()}"

    def _mark(self, fingerprint: bytes) -> bytes:
        return hmac.digest(self._secret, b"fingerprint" + fingerprint, "sha256")
