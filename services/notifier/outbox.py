"""What is to be told and what was, in Redis. Each change is one step (Lua)."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from redis.asyncio import Redis

from services.notifier import scripts
from services.notifier.rules import Notice
from shared.contracts.vocabulary import Channel

COMPLETE = "notifier:complete"


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A notice in hand, with the reporter's contact still sealed."""

    report_id: UUID
    notice: Notice
    contact: str
    tries: int
    marks: Mapping[Channel, str]


class Outbox:
    """
    The notices of all reports; several processes can share it.

    A report's notices leave it one by one, in the order of their versions. What a
    process has in hand longer than the lease is somebody else's to send.
    """

    def __init__(self, redis: Redis, *, instance: str, lease: float) -> None:
        self._redis = redis
        self._instance = instance
        self._lease = int(lease * 1000)

        def script(source: str) -> Any:
            return redis.register_script(source)

        self._enqueue = script(scripts.ENQUEUE)
        self._hush = script(scripts.HUSH)
        self._remember = script(scripts.REMEMBER)
        self._forget = script(scripts.FORGET)
        self._claim = script(scripts.CLAIM)
        self._postpone = script(scripts.POSTPONE)
        self._finish = script(scripts.FINISH)
        self._recover = script(scripts.RECOVER)

    async def enqueue(
        self, report_id: UUID, notices: Iterable[Notice], *, version: int, fresh: bool
    ) -> int:
        """
        Keep what is new among the notices; returns how many. Due with a contact.

        Versions up to the newest that was seen are old, but for *version* if *fresh*.
        """
        pairs = [part for n in notices for part in (n.version, n.model_dump_json())]
        late = version if fresh else 0
        args = [str(report_id), _now(), version, late, *pairs]
        return int(await self._enqueue(args=args))

    async def hush(self, report_id: UUID, receipt: Notice) -> None:
        """The report has become confidential: drop what would tell more."""
        await self._hush(args=[str(report_id), receipt.model_dump_json()])

    async def remember(self, report_id: UUID, contact: str) -> bool:
        """Keep a sealed contact; whether something waited for it and is due now."""
        return bool(await self._remember(args=[str(report_id), contact, _now()]))

    async def forget(self, report_id: UUID) -> None:
        """Drop a contact and what was to be told."""
        await self._forget(args=[str(report_id)])

    async def claim(self) -> Claim | float | None:
        """Take the next notice; or the seconds until one is due; or None."""
        now = _now()
        answer = await self._claim(args=[now, now + self._lease, self._instance])
        if not answer:
            return None
        if len(answer) == 1:
            return max(0.0, (float(answer[0]) - now) / 1000)
        return _claimed(*answer)

    async def postpone(
        self, claim: Claim, seconds: float, *, state: str = "temporary", counted: bool
    ) -> None:
        """Put a claimed notice back, due later."""
        due = _now() + seconds * 1000
        args = [*self._named(claim), due, state, int(counted)]
        await self._postpone(args=args)

    async def mark(self, claim: Claim, channel: Channel, mark: str) -> None:
        """What became of a claimed notice on one channel."""
        field = f"{claim.notice.version}:{channel}"
        await self._redis.hset(_told(claim.report_id), field, mark)

    async def finish(
        self, claim: Claim, state: str, marks: Mapping[Channel, str]
    ) -> None:
        """A claimed notice is over; the report's next one becomes due."""
        pairs = [str(part) for pair in marks.items() for part in pair]
        await self._finish(args=[*self._named(claim), _now(), state, *pairs])

    async def recover(self) -> int:
        """Make due again what a process of this name had in hand when it ended."""
        return int(await self._recover(args=[self._instance, _now()]))

    async def is_complete(self) -> bool:
        """Whether Redis holds everything; without it nothing is sent."""
        return bool(await self._redis.exists(COMPLETE))

    def _named(self, claim: Claim) -> tuple[str, int, str]:
        return str(claim.report_id), claim.notice.version, self._instance


def _claimed(
    report: bytes, version: bytes, body: bytes, contact: bytes, told: list[bytes]
) -> Claim:
    known = dict(zip(told[::2], told[1::2], strict=True))
    marks = {
        channel: known[field].decode()
        for channel in Channel
        if (field := version + b":" + channel.encode()) in known
    }
    return Claim(
        report_id=UUID(report.decode()),
        notice=Notice.model_validate_json(body),
        contact=contact.decode(),
        tries=int(known.get(version + b":tries", 0)),
        marks=marks,
    )


def _told(report_id: UUID) -> str:
    return f"notifier:told:{report_id}"


def _now() -> int:
    return time.time_ns() // 1_000_000
