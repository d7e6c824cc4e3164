"""The one list of topics, compared with a broker and applied to it."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import TopicAlreadyExistsError

from shared.contracts.event import TopicSettings
from shared.settings import KafkaSettings

HOUR = 3_600_000
DAY = 24 * HOUR


@dataclass(frozen=True)
class Difference:
    """What the broker has otherwise than the list. ``found`` None: it is missing."""

    topic: str
    setting: str
    wanted: str
    found: str | None


def broker_config(topic: TopicSettings) -> dict[str, str]:
    """The topic's settings in the broker's words (Kafka topic configs)."""
    config = {"cleanup.policy": "compact" if topic.compact else "delete"}
    if topic.retention_days is not None:
        config["retention.ms"] = str(topic.retention_days * DAY)
    if topic.min_compaction_lag_hours:
        config["min.compaction.lag.ms"] = str(topic.min_compaction_lag_hours * HOUR)
    if topic.max_compaction_lag_hours is not None:
        config["max.compaction.lag.ms"] = str(topic.max_compaction_lag_hours * HOUR)
    return config


async def differences(
    topics: Iterable[TopicSettings], settings: KafkaSettings
) -> list[Difference]:
    """What would have to change on the broker."""
    async with _admin(settings) as admin:
        found: list[Difference] = []
        existing = set(await admin.list_topics())
        for topic in topics:
            name = settings.topic_prefix + topic.name
            if name not in existing:
                found.append(Difference(name, "topic", "exists", None))
            else:
                found.extend(await _changed(admin, name, topic))
        return found


async def apply(
    topics: Iterable[TopicSettings], settings: KafkaSettings, *, replication: int = 1
) -> list[Difference]:
    """Make the broker agree with the list; takes nothing away. Returns what it did."""
    wanted = list(topics)
    done = await differences(wanted, settings)
    named = {settings.topic_prefix + topic.name: topic for topic in wanted}
    touched = {difference.topic for difference in done}
    missing = {d.topic for d in done if d.setting == "topic"}
    async with _admin(settings) as admin:
        await _create(admin, {name: named[name] for name in missing}, replication)
        for name in touched - missing:
            resource = ConfigResource(
                ConfigResourceType.TOPIC, name, broker_config(named[name])
            )
            await admin.alter_configs([resource])
    return done


async def _create(
    admin: AIOKafkaAdminClient, topics: dict[str, TopicSettings], replication: int
) -> None:
    new = [
        NewTopic(
            name, topic.partitions, replication, topic_configs=broker_config(topic)
        )
        for name, topic in sorted(topics.items())
    ]
    if new:
        try:
            await admin.create_topics(new, timeout_ms=30_000)
        except TopicAlreadyExistsError:
            return  # somebody else applied the same list at the same time


async def _changed(
    admin: AIOKafkaAdminClient, name: str, topic: TopicSettings
) -> list[Difference]:
    """The settings in which an existing topic differs."""
    [answer] = await admin.describe_configs(
        [ConfigResource(ConfigResourceType.TOPIC, name)]
    )
    entries = answer.resources[0][4]
    present = {entry[0]: entry[1] for entry in entries}
    changed = [
        Difference(name, setting, wanted, present.get(setting))
        for setting, wanted in broker_config(topic).items()
        if present.get(setting) != wanted
    ]
    [description] = await admin.describe_topics([name])
    count = len(description["partitions"])
    if count != topic.partitions:
        changed.append(
            Difference(name, "partitions", str(topic.partitions), str(count))
        )
    return changed


@asynccontextmanager
async def _admin(settings: KafkaSettings) -> AsyncIterator[AIOKafkaAdminClient]:
    admin = AIOKafkaAdminClient(bootstrap_servers=settings.kafka_bootstrap_servers)
    await admin.start()
    try:
        yield admin
    finally:
        await admin.close()
