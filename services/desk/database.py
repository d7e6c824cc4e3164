"""The desk's record: one SQL database, SQLite or PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from typing import Any

from sqlalchemy import event, func, insert, inspect, select, text, update
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import StaticPool

from services.desk.inline import inline
from services.desk.migrations import MIGRATIONS
from services.desk.tables import metadata, schema_version
from shared.errors import DependencyAway
from shared.failpoints import failpoint

AWAY = (OperationalError, InterfaceError, NoConnectionFree)
"""Errors that mean: the database is away or busy, not wrong."""

DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}
FILE_POOL: dict[str, Any] = {"pool_size": 3, "max_overflow": 0}
SERVER_POOL: dict[str, Any] = {"pool_size": 5, "pool_pre_ping": True}
WRITES = "desk_writes"
SCHEMA_LOCK, RELAY_LOCK = 7_041_001, 7_041_002


class DatabaseAway(DependencyAway):
    """The connection broke in the middle; nothing of the transaction was kept."""


@contextmanager
def _broken_is_away() -> Iterator[None]:
    """Drivers name a broken connection differently; SQLAlchemy knows them all."""
    try:
        yield
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        raise DatabaseAway(type(error).__name__) from error


class Database:
    """Reads and writes, each in one transaction; says when something was committed."""

    def __init__(self, engine: AsyncEngine, writer: AsyncEngine | None = None) -> None:
        self.is_sqlite = engine.dialect.name == "sqlite"
        # One view for all statements of a read; SQLite's transactions are so anyway.
        view = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        self._reading = engine.execution_options(**view)
        writer = writer or engine
        self._glancing = writer
        self._writing = writer.execution_options(**{WRITES: True})
        # SQLite has one writer: waiting here is fair, its own polling is not.
        self._turn = asyncio.Lock() if self.is_sqlite else nullcontext()
        self.committed = asyncio.Event()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A consistent view."""
        with _broken_is_away():
            async with self._reading.connect() as connection:
                yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """All or nothing; wakes the relay of the outbox."""
        async with self.quiet_write() as connection:
            yield connection
        failpoint("desk.after-commit")
        self.committed.set()

    @asynccontextmanager
    async def quiet_write(self) -> AsyncIterator[AsyncConnection]:
        """All or nothing, and nothing to publish."""
        with _broken_is_away():
            async with self._turn, self._writing.begin() as connection:
                yield connection

    @asynccontextmanager
    async def glance(self) -> AsyncIterator[AsyncConnection]:
        """A short read, as quick as a write."""
        async with self._turn, self._glancing.connect() as connection:
            yield connection

    @asynccontextmanager
    async def only_relay(self) -> AsyncIterator[None]:
        """Held by one desk process at a time; SQLite has only one."""
        if self.is_sqlite:
            yield
            return
        async with self.read() as connection:
            alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
            await alone.execute(select(func.pg_advisory_lock(RELAY_LOCK)))
            try:
                yield
            finally:
                await alone.execute(select(func.pg_advisory_unlock(RELAY_LOCK)))

    async def ping(self) -> str | None:
        """A check for readiness."""
        async with self.read() as connection:
            await connection.execute(text("SELECT 1"))
        return None


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[Database]:
    """A database with the present schema. ``url``: sqlite:///file or postgresql://…"""
    address = driven(url)
    is_file = address.get_backend_name() == "sqlite"
    # Each connection to a file is a thread and a cache: few are enough.
    pool = FILE_POOL if is_file else SERVER_POOL
    engine = create_async_engine(address, **pool)
    writer = _writer(address) if is_file else engine
    if is_file:
        _tune_sqlite(engine)
        _tune_sqlite(writer)
    try:
        database = Database(engine, writer)
        async with database.quiet_write() as connection:
            await _upgrade(connection, is_sqlite=database.is_sqlite)
        yield database
    finally:
        await writer.dispose()
        await engine.dispose()


def _writer(address: URL) -> AsyncEngine:
    """SQLite has one writer: one connection, without a thread of its own."""
    file = address.database or ":memory:"
    return create_async_engine(
        address, async_creator=inline(file), poolclass=StaticPool
    )


def driven(url: str) -> URL:
    """The URL with the driver that this project uses."""
    parsed = make_url(url)
    backend = parsed.drivername.split("+")[0]
    if backend not in DRIVERS:
        raise ValueError("DATABASE_URL must begin with sqlite:// or postgresql://")
    return parsed.set(drivername=DRIVERS[backend])


async def _upgrade(connection: AsyncConnection, *, is_sqlite: bool) -> None:
    """Make the tables, or bring older ones up to date, one process at a time."""
    if not is_sqlite:
        await connection.execute(select(func.pg_advisory_xact_lock(SCHEMA_LOCK)))
    names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    await connection.run_sync(metadata.create_all)
    newest = len(MIGRATIONS)
    if schema_version.name not in names:
        await connection.execute(insert(schema_version).values(version=newest))
        return
    present = (await connection.execute(select(schema_version.c.version))).scalar_one()
    if present > newest:
        raise RuntimeError("the database was written by a newer version of the desk")
    for statement in MIGRATIONS[present:]:
        await connection.execute(text(statement))
    await connection.execute(update(schema_version).values(version=newest))


def _tune_sqlite(engine: AsyncEngine) -> None:
    """WAL, every commit on the disk, and transactions that say what they are."""

    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "busy_timeout=5000",
            "foreign_keys=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
