"""Remembers Idempotency-Keys: what was accepted, for two days."""

import hashlib
import hmac
from collections.abc import Sequence
from enum import Enum
from uuid import UUID

from redis.asyncio import Redis

from services.intake.multipart import File
from services.intake.schemas import ReportIn

SECONDS = 48 * 3600
MOST_RECENT = 10_000


class Seen(Enum):
    """What is known of a key."""

    NEVER = "never"
    SAME = "same body"
    OTHER = "another body"


class Recent:
    """The last reports that this process took: a short memory that needs no Redis."""

    def __init__(self) -> None:
        self._taken: dict[UUID, None] = {}

    def add(self, report_id: UUID) -> None:
        """Remember one, and forget the oldest when there are too many."""
        self._taken[report_id] = None
        if len(self._taken) > MOST_RECENT:
            del self._taken[next(iter(self._taken))]

    def __contains__(self, report_id: UUID) -> bool:
        return report_id in self._taken


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


def fingerprint(report: ReportIn, photos: Sequence[File]) -> bytes:
    """What a report says, however it was written down."""
    digest = hashlib.sha256(report.model_dump_json().encode())
    for photo in photos:
        digest.update(hashlib.sha256(photo).digest())
    return digest.digest()
