"""A clerk reads a case: what is confidential is opened after the audit entry."""

from dataclasses import replace
from uuid import UUID

import structlog

from services.desk.cases import Cases, Record
from services.desk.database import Database
from services.desk.model import Case, Change
from services.desk.problems import unknown_case
from shared.contracts.content import MessageContent, TaskContent
from shared.photos import PhotoStore, PhotoUnreadable
from shared.sealing import Opener, department_key

log = structlog.get_logger()


class Reading:
    """Shows a department its own cases."""

    def __init__(
        self, *, database: Database, opener: Opener, photos: PhotoStore
    ) -> None:
        self._database = database
        self._opener = opener
        self._photos = photos

    def cases(self, department: str) -> Cases:
        """What this department may see."""
        return Cases(self._database, department)

    async def record(self, department: str, report_id: UUID, who: str) -> Record:
        """A case with everything readable. Raises Refused."""
        mine = self.cases(department)
        record = await mine.record(report_id)
        if record is None:
            raise unknown_case()
        if record.case.sealed is None and not any(c.sealed for c in record.changes):
            return record
        await mine.note_reading(report_id, who, "read")
        log.info("case.read", report_id=str(report_id), department=department)
        return self._opened(record)

    async def photo(
        self, department: str, report_id: UUID, number: int, who: str
    ) -> bytes:
        """A photo of a case, as JPEG. Raises Refused, PhotoStoreAway."""
        record = await self.record(department, report_id, who)
        content = record.case.content
        photos = content.report.photos if content else ()
        if number >= len(photos):
            raise unknown_case()
        try:
            return await self._photos.get(report_id, photos[number])
        except PhotoUnreadable:
            log.warning("photo.unreadable", report_id=str(report_id))
            raise unknown_case() from None

    def _opened(self, record: Record) -> Record:
        return replace(
            record,
            case=self._opened_case(record.case),
            changes=[
                self._opened_change(record.case, change) for change in record.changes
            ],
        )

    def _opened_case(self, case: Case) -> Case:
        if case.sealed is None:
            return case
        content = self._opener.open(
            department_key(case.department), case.sealed, case.report_id, TaskContent
        )
        service = case.service_code or content.decision.service_code
        return case.model_copy(update={"content": content, "service_code": service})

    def _opened_change(self, case: Case, change: Change) -> Change:
        if change.sealed is None:
            return change
        words = self._opener.open(
            department_key(case.department),
            change.sealed,
            case.report_id,
            MessageContent,
        )
        return change.model_copy(update={"note": words.text})
