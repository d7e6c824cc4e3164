"""What this machine needs at least: plain Kafka hops, a durable commit, a mail."""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable
from email.message import EmailMessage
from pathlib import Path
from uuid import uuid4

import aiosmtplib
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

BYTES = 1200
TOPIC = f"bench-floor-{uuid4().hex[:8]}"


async def kafka_hop(servers: str, count: int, rate: float) -> list[float]:
    """Seconds from a send to its reading, with nothing between (acks=all)."""
    admin = AIOKafkaAdminClient(bootstrap_servers=servers)
    await admin.start()
    await admin.create_topics([NewTopic(TOPIC, 1, 1)])
    await admin.close()
    producer = AIOKafkaProducer(
        bootstrap_servers=servers, acks="all", enable_idempotence=True
    )
    consumer = AIOKafkaConsumer(
        TOPIC, bootstrap_servers=servers, auto_offset_reset="earliest"
    )
    await producer.start()
    await consumer.start()

    async def hop() -> None:
        await producer.send_and_wait(TOPIC, b"x" * BYTES)
        await consumer.getone()

    try:
        return await timed(hop, count, rate)
    finally:
        await producer.stop()
        await consumer.stop()


async def commit(folder: Path, count: int, rate: float) -> list[float]:
    """Seconds of one small durable transaction (SQLite, WAL, synchronous=FULL)."""
    database = sqlite3.connect(folder / "floor.db", isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE floor (body BLOB)")

    async def write() -> None:
        database.execute("INSERT INTO floor VALUES (?)", (b"x" * BYTES,))

    try:
        return await timed(write, count, rate)
    finally:
        database.close()


async def mail(host: str, port: int, count: int, rate: float) -> list[float]:
    """Seconds of one mail over an open connection."""
    client = aiosmtplib.SMTP(hostname=host, port=port)
    await client.connect()

    async def send() -> None:
        message = EmailMessage()
        message["From"], message["To"] = "floor@example.org", "floor@example.org"
        message["Subject"] = "floor"
        message.set_content("x" * BYTES)
        await client.send_message(message)

    try:
        return await timed(send, count, rate)
    finally:
        await client.quit()


async def timed(
    deed: Callable[[], Awaitable[None]], count: int, rate: float
) -> list[float]:
    """Seconds of each of *count* deeds, begun at *rate* per second."""
    seconds = []
    for _ in range(count):
        began = time.perf_counter()
        await deed()
        seconds.append(time.perf_counter() - began)
        await asyncio.sleep(max(0.0, 1 / rate - seconds[-1]))
    return seconds
