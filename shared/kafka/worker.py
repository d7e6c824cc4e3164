"""Reading Kafka with Faust: at least once, acknowledged after the work."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import gettempdir
from typing import Any, TypeVar
from uuid import UUID

import faust
from yarl import URL

from shared.contracts.event import Event, Topic
from shared.kafka.consumer import install
from shared.kafka.publisher import Publisher
from shared.kafka.reading import AWAY, Reader
from shared.kafka.state import ReadingState
from shared.kafka.watchdog import Watchdog
from shared.settings import KafkaSettings

E = TypeVar("E", bound=Event)

PATIENCE_SECONDS = 6.0
"""A stop waits so long for messages in work; a supervisor kills after some 15 s."""

UNUSED = Path(gettempdir()) / "meldekette-faust"
"""Faust makes a folder for tables; there are none."""


class Worker:
    """A Faust app with its readers, and what the probes want to know of it."""

    def __init__(self, group: str, settings: KafkaSettings) -> None:
        self.group = group
        self._prefix = settings.topic_prefix
        self._states: list[ReadingState] = []
        self.app = _app(settings.topic_prefix + group, settings)
        install(self.app)
        self._watchdog = Watchdog(
            settings.topic_prefix + group,
            settings,
            assigned=self._partitions,
            idle=lambda: all(state.idle for state in self._states),
            worked=lambda: sum(state.worked for state in self._states),
        )

    def subscribe(
        self,
        topics: Sequence[Topic[E]],
        handle: Callable[[E], Awaitable[None]],
        *,
        publisher: Publisher,
        forget: Callable[[UUID], Awaitable[None]] | None = None,
        away: tuple[type[Exception], ...] = (),
    ) -> None:
        """
        Feed every event of the topics to *handle*, in order per key, at least once.

        *forget* takes tombstones. *away* names further errors that mean that a
        dependency is away.
        """
        state = ReadingState()
        self._states.append(state)
        named = {self._prefix + topic.name: topic for topic in topics}
        reader = Reader(
            name=self.group,
            topics=named,
            handle=handle,
            forget=forget,
            publisher=publisher,
            state=state,
            away=(*AWAY, *away),
        )
        channel = self.app.topic(
            *named,
            key_type=bytes,
            value_type=bytes,
            key_serializer="raw",
            value_serializer="raw",
        )
        label = topics[0].name.split(".")[0]
        self.app.agent(channel, name=f"{self.group}.{label}")(reader.read)

    def _partitions(self) -> list[tuple[str, int]]:
        """What this process reads now; nothing while that changes."""
        if self.app.rebalancing or self.app.consumer is None:
            return []
        return [(tp.topic, tp.partition) for tp in self.app.consumer.assignment()]

    @property
    def alive(self) -> bool:
        """The worker runs; a crashed Faust app does not end its process by itself."""
        app = self.app
        return bool(app.started and not app.crashed and not app.should_stop)

    @property
    def trouble(self) -> str | None:
        """Why the worker is not ready, or None."""
        if not self.alive:
            return "the reader of Kafka is not running"
        if self.app.rebalancing or self.app.consumer is None:
            return "partitions are being assigned"
        return next((s.trouble for s in self._states if s.trouble), None)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Worker"]:
        """
        Read while the block lasts; what is in work is finished before it ends.

        What cannot be finished stays unacknowledged and comes again.
        """
        await self.app.start()
        try:
            async with self._watchdog.watching():
                yield self
        finally:
            # Who waits for what is away, or has stopped, will not finish its message.
            self.app.conf.stream_wait_empty = not any(s.trouble for s in self._states)
            loop = asyncio.get_running_loop()
            patience = loop.call_later(PATIENCE_SECONDS, self._leave_the_rest)
            try:
                await self.app.stop()
            finally:
                patience.cancel()

    def _leave_the_rest(self) -> None:
        """Wait no longer for what began to wait for somebody only after we stopped."""
        consumer: Any = self.app.consumer
        if consumer is not None:
            consumer._unacked_messages.clear()  # private: pinned

    async def until(self, asked_to_stop: asyncio.Event) -> None:
        """Wait for the event; raises what the worker crashed of, if it does."""
        await self.app.wait(asked_to_stop.wait())
        if self.app.crashed:
            raise RuntimeError("the reader of Kafka crashed") from self.app.crash_reason


def _app(name: str, settings: KafkaSettings) -> faust.App:
    """A Faust app that only reads: no tables, no leader, no web server."""
    return faust.App(
        name,
        broker=_broker_urls(settings.kafka_bootstrap_servers),
        autodiscover=False,
        web_enabled=False,
        topic_disable_leader=True,
        topic_allow_declare=False,
        table_standby_replicas=0,
        consumer_group_instance_id=settings.instance,
        consumer_auto_offset_reset="earliest",
        broker_session_timeout=10,
        broker_heartbeat_interval=2,
        broker_request_timeout=30,
        broker_max_poll_interval=86_400,
        broker_commit_interval=0.5,
        broker_commit_every=200,
        stream_wait_empty=True,
        producer_acks=-1,
        producer_request_timeout=30.0,
        worker_redirect_stdouts=False,
        datadir=UNUSED,
        tabledir=UNUSED,
    )


def _broker_urls(servers: str) -> list[Any]:
    return [URL(f"kafka://{server.strip()}") for server in servers.split(",")]
