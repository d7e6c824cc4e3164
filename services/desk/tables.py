"""The desk's tables."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    Uuid,
)

WIDTH = 32


class Instant(TypeDecorator[datetime]):
    """A moment in UTC as text of one width: it sorts, alike in every database."""

    impl = String(WIDTH)
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002  SQLAlchemy's signature
    ) -> str | None:
        """To text."""
        if value is None:
            return None
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(
        self,
        value: Any,
        dialect: Dialect,  # noqa: ARG002  SQLAlchemy's signature
    ) -> datetime | None:
        """From text."""
        return None if value is None else datetime.fromisoformat(value)


metadata = MetaData()

schema_version = Table(
    "schema_version", metadata, Column("version", Integer, primary_key=True)
)

reports = Table(
    "reports",
    metadata,
    Column("report_id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("status", String(20), nullable=False),
    Column("lane", String(20), nullable=False),
    Column("language", String(2), nullable=False),
    Column("service_code", String(40)),
    Column("department", String(40)),
    Column("quarter", String(60)),
    Column("place", JSON(none_as_null=True)),
    Column("received_at", Instant, nullable=False),
    Column("expected_at", Instant),
    Column("tell", Boolean, nullable=False),
    Column("returned_by", JSON, nullable=False),
    Column("history", JSON, nullable=False),
    Column("messages", JSON, nullable=False),
)

cases = Table(
    "cases",
    metadata,
    Column("report_id", ForeignKey("reports.report_id"), primary_key=True),
    Column("department", String(40), primary_key=True),
    Column("status", String(20), nullable=False),
    Column("lane", String(20), nullable=False),
    Column("urgency", Integer, nullable=False),
    Column("service_code", String(40)),
    Column("quarter", String(60)),
    Column("received_at", Instant, nullable=False),
    Column("expected_at", Instant),
    Column("hand_over", Integer, nullable=False),
    Column("content", JSON(none_as_null=True)),
    Column("words", Text),
    Column("sealed", Text),
    Column("closed_at", Instant),
    Index("cases_inbox", "department", "urgency", "received_at", "report_id"),
)

changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("report_id", Uuid, nullable=False),
    Column("department", String(40), nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("who", String(80), nullable=False),
    Column("field", String(40), nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("note", Text),
    Column("sealed", Text),
    Index("changes_of_case", "report_id", "department"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("topic", String(100), nullable=False),
    Column("key", LargeBinary, nullable=False),
    Column("value", LargeBinary),
    Column("headers", JSON, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("refused", Boolean, nullable=False, default=False),
    sqlite_autoincrement=True,
)

inbox = Table(
    "inbox",
    metadata,
    Column("event_id", Uuid, primary_key=True),
    Column("department", String(40), primary_key=True),
    Column("seen_at", Instant, nullable=False),
)

early_replies = Table(
    "early_replies",
    metadata,
    Column("event_id", Uuid, primary_key=True),
    Column("report_id", Uuid, nullable=False, index=True),
    Column("event", JSON, nullable=False),
)

informed = Table(
    "informed",
    metadata,
    Column("report_id", Uuid, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("channel", String(20), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("failed", String(80)),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("who", String(80), nullable=False),
    Column("department", String(40), nullable=False),
    Column("report_id", Uuid, nullable=False),
    Column("action", String(40), nullable=False),
    sqlite_autoincrement=True,
)
