"""The router's answers to events."""

from datetime import datetime

import structlog

from services.router.rules import Decision, decide, decide_again
from shared.city.city import City
from shared.city.promise import promised
from shared.city.words import read
from shared.contracts.content import ReportContent, ReturnContent, TaskContent
from shared.contracts.event import event_id
from shared.contracts.reports import ReportReceived
from shared.contracts.returns import TaskReturned
from shared.contracts.tasks import TaskAssigned, tasks
from shared.contracts.vocabulary import Lane
from shared.failpoints import failpoint
from shared.kafka.publisher import Publisher
from shared.sealing import Opener, Sealer, department_key

log = structlog.get_logger()


class Handlers:
    """Gives every report, and every report that came back, to one department."""

    def __init__(
        self, *, city: City, publisher: Publisher, sealer: Sealer, opener: Opener
    ) -> None:
        self._city = city
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
        reading = read(content.description, self._city)
        decision = decide(report.service_code, report.lane, reading, self._city)
        await self._assign(report, content, decision, hand_over=0)

    async def on_task_returned(self, returned: TaskReturned) -> None:
        """Decide anew, or pass a confidential report on to where it was sent."""
        hand_over = returned.hand_over + 1
        if returned.lane is Lane.CONFIDENTIAL:
            await self._pass_on(returned, returned.to_department, hand_over=hand_over)
            return
        content = self._opener.open(
            "router", returned.content, returned.report_id, ReturnContent
        )
        reading = read(content.report.description, self._city)
        first = decide(None, returned.lane, reading, self._city)
        returned_by = returned.returned_by or (returned.department,)
        decision = decide_again(returned.to_department, returned_by, first, self._city)
        await self._assign(returned, content.report, decision, hand_over=hand_over)

    async def _assign(
        self,
        event: ReportReceived | TaskReturned,
        report: ReportContent,
        decision: Decision,
        *,
        hand_over: int,
    ) -> None:
        """Seal the report to its department, with the reasons."""
        content = TaskContent(
            report_id=event.report_id, report=report, decision=decision.record
        )
        secret = decision.lane is Lane.CONFIDENTIAL
        service = None if secret else decision.record.service_code
        task = TaskAssigned(
            event_id=event_id(event.report_id, "task.assigned.v1", hand_over),
            occurred_at=event.occurred_at,
            report_id=event.report_id,
            department=decision.department,
            hand_over=hand_over,
            lane=decision.lane,
            language=event.language,
            service_code=service,
            quarter=None if secret else event.quarter,
            received_at=event.received_at,
            expected_at=self._promise(decision.record.service_code, event.received_at),
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
        log.info(
            "task.assigned",
            report_id=str(task.report_id),
            department=task.department,
            lane=task.lane,
            hand_over=task.hand_over,
        )

    def _promise(self, service: str | None, received_at: datetime) -> datetime | None:
        known = self._city.services.get(service or "other")
        return promised(known, received_at, self._city) if known else None
