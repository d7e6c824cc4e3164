"""What the desk has to say on Kafka, kept in the database until the broker has it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, TypeVar
from uuid import UUID

import structlog
from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.desk.database import AWAY, Database
from services.desk.tables import outbox
from shared.contracts.event import Event, Topic
from shared.errors import DependencyAway
from shared.failpoints import failpoint
from shared.kafka.publisher import Publisher, TooLarge
from shared.kafka.wire import record

log = structlog.get_logger()

E = TypeVar("E", bound=Event)

BATCH = 200
_ADD = insert(outbox)
_WAITING = (
    select(outbox).where(outbox.c.refused.is_(False)).order_by(outbox.c.id).limit(BATCH)
)
LOOK_AGAIN = 5.0
LONGEST_WAIT = 5.0


async def put(tx: AsyncConnection, topic: Topic[E], event: E) -> None:
    """An event, to be published once this transaction is committed."""
    message = record(topic, event, source="desk")
    headers = [[name, value.decode()] for name, value in message.headers]
    await _insert(tx, topic.name, message.key, message.value, headers)


async def put_tombstone(tx: AsyncConnection, topic: Topic[E], report_id: UUID) -> None:
    """Let a compacted topic forget what it has of a report."""
    await _insert(tx, topic.name, str(report_id).encode(), None, [])


async def _insert(
    tx: AsyncConnection,
    topic: str,
    key: bytes,
    value: bytes | None,
    headers: list[list[str]],
) -> None:
    await tx.execute(
        _ADD,
        {
            "topic": topic,
            "key": key,
            "value": value,
            "headers": headers,
            "created_at": datetime.now(UTC),
            "refused": False,
        },
    )


class Relay:
    """Publishes the outbox in the order of its ids, and deletes what has arrived."""

    def __init__(self, database: Database, publisher: Publisher) -> None:
        self._database = database
        self._publisher = publisher
        self._task: asyncio.Task[None] | None = None
        self.trouble: str | None = None

    @property
    def alive(self) -> bool:
        """Whether it is still at work."""
        return self._task is not None and not self._task.done()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Publish while the block lasts."""
        self._task = asyncio.get_running_loop().create_task(self._run())
        try:
            yield
        finally:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def drain(self) -> None:
        """Publish all that is there now. Raises DependencyAway or a database error."""
        async with self._database.only_relay():
            while batch := await self._waiting():
                await self._publish(batch)

    async def _run(self) -> None:
        wait = 0.1
        while True:
            self._database.committed.clear()
            try:
                await self.drain()
            except Exception as error:
                if not isinstance(error, (DependencyAway, OSError, *AWAY)):
                    log.exception("outbox.failed")
                self.trouble = f"the outbox waits ({type(error).__name__})"
                log.warning("outbox.waiting", error=type(error).__name__, wait=wait)
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)
                continue
            self.trouble, wait = None, 0.1
            with suppress(TimeoutError):
                await asyncio.wait_for(self._database.committed.wait(), LOOK_AGAIN)

    async def _waiting(self) -> Sequence[Row[Any]]:
        async with self._database.glance() as connection:
            return (await connection.execute(_WAITING)).all()

    async def _publish(self, batch: Sequence[Row[Any]]) -> None:
        """Reports side by side, each report's events one after the other."""
        by_key = sorted(batch, key=lambda row: (row.key, row.id))
        arrived: list[int] = []
        results = await asyncio.gather(
            *(
                self._in_order(list(rows), arrived)
                for _, rows in groupby(by_key, key=lambda row: row.key)
            ),
            return_exceptions=True,
        )
        failpoint("desk.after-publish")
        if arrived:
            async with self._database.quiet_write() as tx:
                await tx.execute(delete(outbox).where(outbox.c.id.in_(arrived)))
        for result in results:
            if isinstance(result, BaseException):
                raise result

    async def _in_order(self, rows: list[Row[Any]], arrived: list[int]) -> None:
        for row in rows:
            headers = tuple((name, value.encode()) for name, value in row.headers)
            try:
                await self._publisher.send(row.topic, row.key, row.value, headers)
            except TooLarge:
                await self._set_aside(row.id)
            else:
                arrived.append(row.id)

    async def _set_aside(self, number: int) -> None:
        """The broker will never take it: kept for a person, in nobody's way."""
        log.critical("outbox.refused", outbox_id=number)
        async with self._database.quiet_write() as tx:
            await tx.execute(
                update(outbox).where(outbox.c.id == number).values(refused=True)
            )
