"""The router's answers to events."""

from datetime import datetime
from zoneinfo import ZoneInfo

import structlog

from services.router import metrics
from services.router.returning import decide_again
from services.router.rules import Decision, Where, decide
from services.router.splitting import decide_each
from shared.city.promise import promised
from shared.classifier.reader import Reader
from shared.contracts.content import ReportContent, ReturnContent, TaskContent
from shared.contracts.event import event_id
from shared.contracts.reports import ReportReceived
from shared.contracts.returns import ServiceCorrected, TaskReturned
from shared.contracts.tasks import TaskAssigned, tasks
from shared.contracts.vocabulary import Lane
from shared.failpoints import failpoint
from shared.kafka.publisher import Publisher
from shared.sealing import Opener, Sealer, department_key

log = structlog.get_logger()


class Handlers:
    """Gives every report, and what came back, to a department for each matter."""

    def __init__(
        self, *, reader: Reader, publisher: Publisher, sealer: Sealer, opener: Opener
    ) -> None:
        self._reader = reader
        self._city = reader.city
        self._zone = ZoneInfo(reader.city.timezone)
        self._publisher = publisher
        self._sealer = sealer
        self._opener = opener

    async def on_report_received(self, report: ReportReceived) -> None:
        """Decide, or pass a confidential report on unread."""
        if report.lane is Lane.CONFIDENTIAL:
            await self._pass_on(report, report.department, hand_over=0)
            return
        content = self._opener.open(
            "router", report.content, report.report_id, ReportContent
        )
        where = self._where(report, content)
        first, *further = decide_each(
            content.description, report.service_code, report.lane, where, self._reader
        )
        await self._assign(report, content, first, hand_over=0)
        for decision in further:
            await self._assign(report, content, decision, hand_over=0, further=True)

    async def on_returned(self, event: TaskReturned | ServiceCorrected) -> None:
        """Decide anew; a corrected service stays where it is, only models learn it."""
        if isinstance(event, TaskReturned):
            await self.on_task_returned(event)

    async def on_task_returned(self, returned: TaskReturned) -> None:
        """Decide anew, or pass a confidential report on to where it was sent."""
        hand_over = returned.hand_over + 1
        if returned.lane is Lane.CONFIDENTIAL:
            await self._pass_on(returned, returned.to_department, hand_over=hand_over)
            return
        content = self._opener.open(
            "router", returned.content, returned.report_id, ReturnContent
        )
        reading = self._reader.read(content.report.description)
        where = self._where(returned, content.report)
        first = decide(None, returned.lane, reading, where, self._city)
        decision = decide_again(returned, first, self._city)
        await self._assign(returned, content.report, decision, hand_over=hand_over)
        metrics.returned(returned)

    def _where(
        self, event: ReportReceived | TaskReturned, content: ReportContent
    ) -> Where:
        return Where(
            quarter=event.quarter,
            areas=self._areas(content),
            at=event.received_at.astimezone(self._zone),
        )

    def _areas(self, content: ReportContent) -> frozenset[str]:
        if content.lat is None or content.long is None:
            return frozenset()
        return self._city.areas_at(content.lat, content.long)

    async def _assign(
        self,
        event: ReportReceived | TaskReturned,
        report: ReportContent,
        decision: Decision,
        *,
        hand_over: int,
        further: bool = False,
    ) -> None:
        """Seal the whole report to its department, with the reasons."""
        content = TaskContent(
            report_id=event.report_id, report=report, decision=decision.record
        )
        secret = decision.lane is Lane.CONFIDENTIAL
        cause = f"{hand_over}:{decision.department}" if further else hand_over
        service = None if secret else decision.record.service_code
        task = TaskAssigned(
            event_id=event_id(event.report_id, "task.assigned.v1", cause),
            occurred_at=event.occurred_at,
            report_id=event.report_id,
            department=decision.department,
            hand_over=hand_over,
            further=further,
            lane=decision.lane,
            language=event.language,
            service_code=service,
            quarter=None if secret else event.quarter,
            received_at=event.received_at,
            expected_at=self._promise(decision, event.received_at),
            tell=event.tell,
            late=secret,
            content=self._sealer.seal(department_key(decision.department), content),
        )
        await self._send(task)

    async def _pass_on(
        self,
        event: ReportReceived | TaskReturned,
        department: str | None,
        *,
        hand_over: int,
    ) -> None:
        """A confidential report: sealed by who knew, for whom it concerns."""
        task = TaskAssigned(
            event_id=event_id(event.report_id, "task.assigned.v1", hand_over),
            occurred_at=event.occurred_at,
            report_id=event.report_id,
            department=department or self._city.confidential,
            hand_over=hand_over,
            lane=Lane.CONFIDENTIAL,
            language=event.language,
            received_at=event.received_at,
            tell=event.tell,
            content=event.content,
        )
        await self._send(task)

    async def _send(self, task: TaskAssigned) -> None:
        await self._publisher.publish(tasks(task.department), task)
        failpoint("router.after-ack")
        metrics.assigned(task)
        log.info(
            "task.assigned",
            report_id=str(task.report_id),
            department=task.department,
            lane=task.lane,
            hand_over=task.hand_over,
        )

    def _promise(self, decision: Decision, received_at: datetime) -> datetime | None:
        known = self._city.services.get(decision.record.service_code or "other")
        if known is None:
            return None
        return promised(known, received_at, self._city, decision.promised_days)
