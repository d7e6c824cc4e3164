"""The one guarded loop: a message is worked, or a dead letter, then acknowledged."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

import structlog
from structlog.contextvars import bound_contextvars

from shared.contracts.dead_letters import RETRIED, DeadLetter
from shared.contracts.event import Event, Topic, UnreadableEvent
from shared.errors import DependencyAway
from shared.kafka import metrics
from shared.kafka.publisher import Publisher, TooLarge
from shared.kafka.state import ReadingState

log = structlog.get_logger()

E = TypeVar("E", bound=Event)

TRIES = 3
FLOOD = 50
LONGEST_WAIT = 5.0
AWAY = (DependencyAway, OSError, TimeoutError)


@dataclass(kw_only=True)
class Reader(Generic[E]):
    """
    Works the messages of one stream in order.

    Unreadable bytes and messages that failed three times go to the dead letters; later
    messages with the same key follow them, so that the order holds. A dependency that
    is away is waited for. When more than FLOOD die in a row, it stops and says so.
    """

    name: str
    topics: dict[str, Topic[E]]
    handle: Callable[[E], Awaitable[None]]
    forget: Callable[[UUID], Awaitable[None]] | None
    publisher: Publisher
    state: ReadingState
    away: tuple[type[Exception], ...] = AWAY
    _parked: set[bytes] = field(default_factory=set)
    _died_in_a_row: int = 0

    async def read(self, stream: Any) -> None:
        """The body of the Faust agent."""
        async for event in stream.noack().events():
            self.state.in_work = True
            await self.work(event)
            self.state.in_work = False
            self.state.worked += 1
            await stream.ack(event)

    async def work(self, event: Any) -> None:
        """One message, until it may be acknowledged."""
        message = event.message
        began = time.perf_counter()
        reason = await self._reason_to_die(message)
        if reason is None:
            self._died_in_a_row = 0
        else:
            await self._bury(message, reason)
        metrics.worked(self.name, message.topic, reason, time.perf_counter() - began)

    async def _reason_to_die(self, message: Any) -> str | None:
        """None when the message was worked."""
        retried = any(name == RETRIED for name, _ in _headers(message))
        if message.key in self._parked and not retried:
            return "parked: an earlier message of this key is a dead letter"
        try:
            work = self._understood(message)
        except UnreadableEvent as error:
            return str(error)
        reason = await self._tried(work)
        if reason is not None and message.key is not None:
            self._parked.add(message.key)
        elif retried:
            self._parked.discard(message.key)
        return reason

    def _understood(self, message: Any) -> Callable[[], Awaitable[None]]:
        """What to do about the message. Raises UnreadableEvent."""
        topic = self.topics[message.topic]
        if message.value is None:
            report_id = _report_id(message.key)
            if not topic.tombstones or self.forget is None or report_id is None:
                raise UnreadableEvent("value.missing", "a message without a value")
            forget = self.forget
            return lambda: forget(report_id)
        event = topic.decode(message.value, message.key)
        return lambda: self._handled(event)

    async def _handled(self, event: E) -> None:
        with bound_contextvars(event_id=str(event.event_id)):
            await self.handle(event)

    async def _tried(self, work: Callable[[], Awaitable[None]]) -> str | None:
        """Three tries; a dependency that is away does not count."""
        failures = 0
        while True:
            try:
                await self._patiently(work)
            except Exception as error:
                failures += 1
                log.exception("handler.failed", reader=self.name, tries=failures)
                if failures == TRIES:
                    return f"handler.failed: {type(error).__name__}"
                await asyncio.sleep(0.05 * 4**failures)
            else:
                return None

    async def _patiently(self, work: Callable[[], Awaitable[None]]) -> None:
        """Work, and wait as long as it takes for what is away."""
        wait = 0.1
        while True:
            try:
                await work()
            except self.away as error:
                self.state.waiting_for = type(error).__name__
                log.warning("dependency.away", reader=self.name, wait=wait)
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)
            else:
                self.state.waiting_for = None
                return

    async def _bury(self, message: Any, reason: str) -> None:
        """Write the dead letter first; without it nothing is acknowledged."""
        if self._died_in_a_row >= FLOOD:
            self.state.flooded = True
            log.critical("reader.stopped", reader=self.name, died=self._died_in_a_row)
            await asyncio.Event().wait()
        self._died_in_a_row += 1
        letter = DeadLetter(
            topic=self.topics[message.topic].name,
            partition=message.partition,
            offset=message.offset,
            reader=self.name,
            reason=reason,
            key=message.key,
            value=message.value,
            headers=_headers(message),
        )
        await self._patiently(lambda: self._written(letter))
        log.warning(
            "letter.died",
            letter=letter.letter_id,
            reason=reason,
        )

    async def _written(self, letter: DeadLetter) -> None:
        try:
            await self.publisher.bury(letter)
        except TooLarge:
            log.critical("letter.unwritable", letter=letter.letter_id)
            raise SystemExit(70) from None


def _headers(message: Any) -> tuple[tuple[str, bytes], ...]:
    headers = message.headers or ()
    pairs = headers.items() if isinstance(headers, dict) else headers
    return tuple((str(name), bytes(value)) for name, value in pairs)


def _report_id(key: bytes | None) -> UUID | None:
    try:
        return UUID((key or b"").decode("ascii"))
    except (ValueError, UnicodeDecodeError):
        return None
