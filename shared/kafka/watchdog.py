"""Ends a process whose reader sleeps although there is work: it is started again."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from shared.settings import KafkaSettings

log = structlog.get_logger()

CHECK_SECONDS = 10.0
STUCK = 70
"""The exit code."""

Behind = dict[TopicPartition, int]
"""For each partition with unread messages: the offset that is committed."""


class Watchdog:
    """
    Compares what the group has committed with the ends of its partitions.

    After a broker's death Faust's consumer may sleep for ever without an error. When
    nothing was worked and nothing is in work, yet the same messages lie unread at two
    checks in a row, only a new process helps.
    """

    def __init__(
        self,
        group: str,
        settings: KafkaSettings,
        *,
        assigned: Callable[[], Iterable[tuple[str, int]]],
        idle: Callable[[], bool],
        worked: Callable[[], int],
    ) -> None:
        self._group = group
        self._servers = settings.kafka_bootstrap_servers
        self._assigned = assigned
        self._idle = idle
        self._worked = worked

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        """Watch while the block lasts."""
        task = asyncio.get_running_loop().create_task(self._watch())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _watch(self) -> None:
        before: Behind = {}
        worked = self._worked()
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            moves, worked = worked != self._worked(), self._worked()
            try:
                async with asyncio.timeout(CHECK_SECONDS):
                    now = await self.behind()
            except (KafkaError, OSError, TimeoutError):
                before = {}
                continue
            if moves or not self._idle():
                now = {}
            unmoved = now.items() & before.items()
            if unmoved:
                log.critical(
                    "reader.stuck", reader=self._group, partitions=len(unmoved)
                )
                os._exit(STUCK)
            before = now

    async def behind(self) -> Behind:
        """The partitions of this process that have unread messages."""
        partitions = [TopicPartition(*pair) for pair in self._assigned()]
        if not partitions:
            return {}
        committed = await self._committed()
        ends = await self._ends(partitions)
        done = {p: committed.get(p, 0) for p in partitions}
        return {p: done[p] for p in partitions if done[p] < ends[p]}

    async def _committed(self) -> dict[TopicPartition, int]:
        admin = AIOKafkaAdminClient(bootstrap_servers=self._servers)
        await admin.start()
        try:
            found = await admin.list_consumer_group_offsets(self._group)
        finally:
            await admin.close()
        return {
            TopicPartition(p.topic, p.partition): max(known.offset, 0)
            for p, known in found.items()
        }

    async def _ends(
        self, partitions: list[TopicPartition]
    ) -> dict[TopicPartition, int]:
        consumer = AIOKafkaConsumer(
            bootstrap_servers=self._servers, enable_auto_commit=False
        )
        await consumer.start()
        try:
            consumer.assign(partitions)
            consumer.pause(*partitions)
            ends: dict[TopicPartition, int] = await consumer.end_offsets(partitions)
        finally:
            await consumer.stop()
        return ends
