"""The desk's answers to events."""

from datetime import UTC, datetime
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from services.desk.assigning import assign
from services.desk.database import Database
from services.desk.model import Informed
from services.desk.replying import hear
from services.desk.rules import withdraws
from services.desk.store import (
    cases_of,
    first_time,
    keep_early,
    locked_report,
    remember_delivery,
    take_early,
)
from shared.contracts.content import MessageContent, TaskContent
from shared.contracts.deliveries import NotificationDelivered, NotificationFailed
from shared.contracts.replies import ReplyReceived
from shared.contracts.tasks import TaskAssigned
from shared.contracts.vocabulary import ReplyKind
from shared.photos import PhotoStore
from shared.sealing import Opener, Sealer, department_key

log = structlog.get_logger()


class Handlers:
    """Keeps the record of cases up with what happens elsewhere."""

    def __init__(
        self, *, database: Database, sealer: Sealer, opener: Opener, photos: PhotoStore
    ) -> None:
        self._database = database
        self._sealer = sealer
        self._opener = opener
        self._photos = photos

    async def on_task_assigned(self, task: TaskAssigned) -> None:
        """Open a case, once; replies that came before it are heard now."""
        content = self._opener.open(
            department_key(task.department), task.content, task.report_id, TaskContent
        )
        async with self._database.write() as tx:
            if not await first_time(tx, task.event_id, task.department):
                return
            now = datetime.now(UTC)
            opened = await assign(tx, task, content, at=now, sealer=self._sealer)
            if opened and opened.is_new:
                for reply in await take_early(tx, task.report_id):
                    await self._hear(tx, reply)
        log.info(
            "case.opened" if opened else "task.outdated",
            report_id=str(task.report_id),
            department=task.department,
            hand_over=task.hand_over,
        )

    async def on_reply_received(self, reply: ReplyReceived) -> None:
        """Put what the reporter says into the case."""
        async with self._database.write() as tx:
            if not await first_time(tx, reply.event_id):
                return
            if not await self._hear(tx, reply):
                await keep_early(tx, reply)
        log.info("reply.heard", report_id=str(reply.report_id), kind=reply.kind)

    async def on_delivery(
        self, delivery: NotificationDelivered | NotificationFailed
    ) -> None:
        """Remember that the reporter was told, or could not be."""
        failed = delivery.reason if isinstance(delivery, NotificationFailed) else None
        told = Informed(
            version=delivery.version,
            channel=delivery.channel,
            at=delivery.occurred_at,
            failed=failed,
        )
        async with self._database.quiet_write() as tx:
            await remember_delivery(tx, delivery.report_id, told)

    async def _hear(self, tx: AsyncConnection, reply: ReplyReceived) -> bool:
        """False if its report is not known yet."""
        report = await locked_report(tx, reply.report_id)
        if report is None:
            return False
        if reply.kind is ReplyKind.WITHDRAW and withdraws(report.lane):
            # Before the commit: a store that is away is waited for, nothing stays.
            await self._forget_photos(tx, reply.report_id)
        await hear(tx, report, reply, self._words(reply), sealer=self._sealer)
        return True

    def _words(self, reply: ReplyReceived) -> str | None:
        if reply.content is None:
            return None
        opened = self._opener.open(
            "desk", reply.content, reply.report_id, MessageContent
        )
        return opened.text or None

    async def _forget_photos(self, tx: AsyncConnection, report_id: UUID) -> None:
        for case in await cases_of(tx, report_id):
            for photo in case.content.report.photos if case.content else ():
                await self._photos.delete(report_id, photo)
