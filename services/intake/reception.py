"""Takes a report in: the answer means that Kafka has it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID
from weakref import WeakValueDictionary

import structlog
from redis.exceptions import RedisError

from services.intake import metrics
from services.intake.attempt import Attempt, code_for
from services.intake.earlier import Earlier
from services.intake.facts import (
    Accepted,
    contact_given,
    first_status,
    report_received,
)
from services.intake.memory import Memory, Recent, Seen, fingerprint
from services.intake.multipart import File
from services.intake.photos import Darkroom
from services.intake.problems import too_large
from services.intake.rules import Course, course, faults
from services.intake.schemas import ReportIn
from services.intake.view import View
from shared.classifier.reader import Reader
from shared.contracts.contacts import CONTACTS
from shared.contracts.reports import REPORTS
from shared.contracts.status import STATUS, StatusChanged
from shared.failpoints import failpoint
from shared.identity import report_id_of
from shared.kafka.publisher import MAX_BYTES, BrokerAway, Publisher, TooLarge
from shared.sealing import Sealer
from shared.web.problems import FieldError, away, invalid

log = structlog.get_logger()

KAFKA_SECONDS = 2.6
REDIS_SECONDS = 0.5


@dataclass(frozen=True)
class Receipt:
    """What the reporter gets."""

    report_id: UUID
    tracking_code: str
    course: Course
    replayed: bool = False


class Reception:
    """Decides, stores the photos, writes to Kafka, then to the view."""

    def __init__(
        self,
        *,
        publisher: Publisher,
        sealer: Sealer,
        darkroom: Darkroom,
        view: View,
        earlier: Earlier,
        memory: Memory,
        reader: Reader,
        secret: bytes,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._publisher = publisher
        self._sealer = sealer
        self._darkroom = darkroom
        self._view = view
        self._earlier = earlier
        self._memory = memory
        self._reader = reader
        self._secret = secret
        self._clock = clock
        self._recent = Recent()
        self._locks: WeakValueDictionary[UUID, asyncio.Lock] = WeakValueDictionary()

    async def take(
        self, report: ReportIn, photos: Sequence[File], attempt: Attempt | None
    ) -> Receipt:
        """Take a report. Raises Refused."""
        if wrong := tuple(faults(report, self._reader.city)):
            raise invalid(*wrong)
        way = course(report, self._reader)
        mark = fingerprint(report, photos)
        code = code_for(attempt, mark, self._secret)
        receipt = Receipt(report_id_of(code), code, way)
        async with self._one_at_a_time(receipt.report_id):
            if attempt and await self._known(attempt, mark, receipt.report_id):
                metrics.accepted(way.lane, replayed=True)
                return Receipt(receipt.report_id, code, way, replayed=True)
            await self._accept(report, photos, receipt)
            self._recent.add(receipt.report_id)
            if attempt:
                await self._note(self._memory.remember(*attempt.pair, mark))
        metrics.accepted(way.lane, replayed=False)
        return receipt

    def id_of(self, report: ReportIn, attempt: Attempt | None) -> UUID | None:
        """Which report a repetition without photos is; None: each try is another."""
        if attempt is None:
            return None
        mark = fingerprint(report, ())
        return report_id_of(code_for(attempt, mark, self._secret))

    async def _accept(
        self, report: ReportIn, photos: Sequence[File], receipt: Receipt
    ) -> None:
        """Photos, then Kafka, then the view; only the view may be away."""
        report_id, way = receipt.report_id, receipt.course
        kept = await self._darkroom.keep(report_id, photos)
        accepted = Accepted(
            report,
            way,
            report_id,
            receipt.tracking_code,
            self._clock(),
            kept,
            await self._earlier.hint(way.subject, report_id),
        )
        state = first_status(accepted)
        await self._publish(accepted, state)
        failpoint("intake.after-ack")
        await self._note(self._view.put(state))
        log.info("report.accepted", report_id=str(report_id), lane=way.lane)

    async def _publish(self, accepted: Accepted, state: StatusChanged) -> None:
        """
        All at once: they leave in one request, so a kill takes all of them or none.

        One after the other, a kill between them let version 2 come before version 1.
        """
        contact = contact_given(accepted, self._sealer)
        report = report_received(accepted, self._sealer)
        events = [self._publisher.publish(REPORTS, report)]
        if contact is not None:
            events.append(self._publisher.publish(CONTACTS, contact))
        events.append(self._publisher.publish(STATUS, state))
        try:
            async with asyncio.timeout(KAFKA_SECONDS):
                await asyncio.gather(*events)
        except (BrokerAway, TimeoutError) as error:
            raise away("The record of reports does not answer now.") from error
        except TooLarge as error:
            raise too_large(MAX_BYTES) from error

    async def _known(self, attempt: Attempt, mark: bytes, report_id: UUID) -> bool:
        """
        Whether this request was accepted before.

        A report that a department works was: its version 1 must not come after it.
        With Redis away only this process's short memory knows; what it has forgotten
        is written again, with the same ids, so it changes nothing.
        """
        try:
            async with asyncio.timeout(REDIS_SECONDS):
                seen = await self._memory.seen(*attempt.pair, mark)
                state = await self._view.get(report_id)
        except (RedisError, TimeoutError, OSError):
            return report_id in self._recent
        if seen is Seen.OTHER:
            raise invalid(
                FieldError("Idempotency-Key", "was used with another body before")
            )
        return seen is Seen.SAME or (state is not None and state.version > 1)

    async def _note(self, writing: Awaitable[object]) -> None:
        """Write to Redis if it is there."""
        with suppress(RedisError, TimeoutError, OSError):
            async with asyncio.timeout(REDIS_SECONDS):
                await writing

    @asynccontextmanager
    async def _one_at_a_time(self, report_id: UUID) -> AsyncIterator[None]:
        """Parallel tries of one request: the first works, the others find it done."""
        lock = self._locks.setdefault(report_id, asyncio.Lock())
        async with lock:
            yield
