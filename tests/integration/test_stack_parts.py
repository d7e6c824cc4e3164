"""The real parts that other tests lean on are really there."""

import asyncio
import smtplib
from email.message import EmailMessage

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from redis.asyncio import Redis
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine


async def test_a_broker_makes_topics(broker):
    name = f"{broker.topic_prefix}there"
    admin = AIOKafkaAdminClient(bootstrap_servers=broker.kafka_bootstrap_servers)
    await admin.start()

    await admin.create_topics([NewTopic(name, 12, 1)])

    assert name in await admin.list_topics()
    await admin.close()


async def test_redis_is_at_least_7_and_keeps_an_append_only_file(redis_url):
    async with Redis.from_url(redis_url, decode_responses=True) as redis:
        server = await redis.info("server")
        kept = await redis.config_get("appendonly")

    assert int(server["redis_version"].split(".")[0]) >= 7
    assert kept == {"appendonly": "yes"}


async def test_postgresql_is_at_least_15(postgres_url):
    engine = create_async_engine(postgres_url)
    async with engine.connect() as connection:
        version = await connection.scalar(text("show server_version_num"))
    await engine.dispose()

    assert int(version) >= 150_000


async def test_a_mail_is_in_the_maildir_when_the_sink_has_said_yes(smtp_sink):
    url, directory = smtp_sink
    mail = EmailMessage()
    mail["From"], mail["To"] = "a@example.org", "b@example.org"
    mail["Subject"] = "Grüße"
    mail.set_content("Die Laterne brennt wieder.")
    before = set((directory / "new").iterdir())

    await asyncio.to_thread(send, url, mail)

    (new,) = set((directory / "new").iterdir()) - before
    assert b"Subject: =?utf-8?" in new.read_bytes()


def send(url: str, mail: EmailMessage) -> None:
    host, port = url.removeprefix("smtp://").split(":")
    with smtplib.SMTP(host, int(port)) as client:
        client.send_message(mail)
