"""The events that follow from an accepted report, sealed to their readers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.intake.rules import Course
from services.intake.schemas import ReportIn
from shared.contracts.contacts import ContactGiven
from shared.contracts.content import (
    ContactContent,
    Photo,
    ReportContent,
    Similar,
    TaskContent,
)
from shared.contracts.event import event_id
from shared.contracts.reports import ReportReceived
from shared.contracts.status import Place, StatusChanged, Step
from shared.contracts.vocabulary import Status
from shared.sealing import Sealer, department_key

ROUTER, NOTIFIER = "router", "notifier"


@dataclass(frozen=True)
class Accepted:
    """A report that passed every check, and who it is."""

    report: ReportIn
    course: Course
    report_id: UUID
    tracking_code: str
    received_at: datetime
    photos: tuple[Photo, ...] = ()
    similar: tuple[Similar, ...] = ()

    @property
    def content(self) -> ReportContent:
        """What the citizen said, as it travels sealed."""
        report = self.report
        return ReportContent(
            report_id=self.report_id,
            description=report.description,
            address=report.address,
            lat=report.lat,
            long=report.long,
            attributes=report.attributes,
            photos=self.photos,
            similar=self.similar,
        )


def contact_given(accepted: Accepted, sealer: Sealer) -> ContactGiven | None:
    """How to reach the reporter, for the notifier alone; None if nobody asked."""
    contact = accepted.report.contact
    if contact is None or not contact.reachable:
        return None
    content = ContactContent.model_validate(
        {
            "report_id": accepted.report_id,
            "email": contact.email,
            "webhook": contact.webhook,
            "language": accepted.course.language,
            "tracking_code": accepted.tracking_code,
        }
    )
    return ContactGiven(
        event_id=event_id(accepted.report_id, "contact.given.v1", 1),
        occurred_at=accepted.received_at,
        report_id=accepted.report_id,
        content=sealer.seal(NOTIFIER, content),
    )


def report_received(accepted: Accepted, sealer: Sealer) -> ReportReceived:
    """The report for the router; a confidential one for its department alone."""
    course, content = accepted.course, accepted.content
    if course.decision is None:
        service, department = accepted.report.service_code, None
        sealed = sealer.seal(ROUTER, content)
    else:
        service, department = None, course.decision.department
        task = TaskContent(
            report_id=accepted.report_id, report=content, decision=course.decision
        )
        sealed = sealer.seal(department_key(department), task)
    return ReportReceived(
        event_id=event_id(accepted.report_id, "report.received.v1", 1),
        occurred_at=accepted.received_at,
        report_id=accepted.report_id,
        lane=course.lane,
        language=course.language,
        service_code=service,
        department=department,
        quarter=course.quarter,
        received_at=accepted.received_at,
        tell=accepted.report.tell,
        content=sealed,
    )


def first_status(accepted: Accepted) -> StatusChanged:
    """Version 1: received. A confidential report tells nothing else."""
    course, at = accepted.course, accepted.received_at
    known = course.decision is None
    place: Place | None = course.place
    return StatusChanged(
        event_id=event_id(accepted.report_id, "status.changed.v1", 1),
        occurred_at=at,
        report_id=accepted.report_id,
        version=1,
        status=Status.RECEIVED,
        lane=course.lane,
        language=course.language,
        service_code=accepted.report.service_code if known else None,
        quarter=course.quarter,
        place=place,
        received_at=at,
        tell=accepted.report.tell,
        history=(Step(version=1, status=Status.RECEIVED, at=at),),
    )
