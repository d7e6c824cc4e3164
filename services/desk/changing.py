"""A clerk changes a case: once, or not at all."""

from sqlalchemy.ext.asyncio import AsyncConnection

from services.desk.database import Database
from services.desk.events import say_wrong, service_corrected, task_returned, tell
from services.desk.model import Case, Change, Report
from services.desk.problems import (
    not_allowed,
    stale,
    unknown_case,
    version_missing,
)
from services.desk.rules import allowed
from services.desk.store import (
    case_at,
    cases_of,
    locked_report,
    note_changes,
    save_case,
    save_report,
)
from services.desk.story import at_work_beside, retold
from services.desk.wishes import Wish, changed_case, field_changes, misfits
from shared.contracts.content import MessageContent, TaskContent
from shared.contracts.vocabulary import Lane, Status
from shared.sealing import Opener, Sealer, department_key
from shared.web.problems import FieldError, invalid


class Changing:
    """Applies transitions in one transaction with what they publish."""

    def __init__(
        self,
        *,
        database: Database,
        sealer: Sealer,
        opener: Opener,
        departments: frozenset[str],
        services: frozenset[str],
    ) -> None:
        self._database = database
        self._sealer = sealer
        self._opener = opener
        self._departments = departments
        self._services = services

    async def change(self, wish: Wish) -> int:
        """Apply a wish; the version after it. Raises Refused."""
        async with self._database.write() as tx:
            case, report = await self._found(tx, wish)
            await self._check(tx, wish, case)
            if wish.transition.to is Status.RETURNED:
                after = await self._give_back(tx, wish, case, report)
            else:
                after = await self._move(tx, wish, case, report)
            changed = changed_case(case, wish)
            await save_case(tx, changed)
            await self._correct(tx, wish, case, changed, after)
            noted = self._noted(wish, case, changed, after.version)
            await note_changes(tx, case, noted)
        return after.version

    async def _found(self, tx: AsyncConnection, wish: Wish) -> tuple[Case, Report]:
        """Only what this department has, in the version that the clerk has seen."""
        report = await locked_report(tx, wish.report_id)
        case = await case_at(tx, wish.report_id, wish.department)
        if case is None or report is None:
            raise unknown_case()
        if wish.version is None:
            raise version_missing()
        if wish.version != report.version:
            raise stale(report.version)
        return case, report

    async def _check(self, tx: AsyncConnection, wish: Wish, case: Case) -> None:
        steps = allowed(case.status, case.lane)
        if wish.transition.to not in steps:
            raise not_allowed(case.status, wish.transition.to, steps)
        found = misfits(wish, case.lane, self._departments, self._services)
        original = wish.transition.duplicate_of
        if original and await case_at(tx, original, wish.department) is None:
            found.append(FieldError("duplicate_of", "is no case of this department"))
        if found:
            raise invalid(*found)

    async def _move(
        self, tx: AsyncConnection, wish: Wish, case: Case, report: Report
    ) -> Report:
        """The report's next version, with words to its reporter."""
        present = await cases_of(tx, wish.report_id)
        changed = changed_case(case, wish)
        after = retold(report, changed, present, wish.at, self._told(wish))
        if case.service_code == report.service_code:  # not another matter's
            after = after.model_copy(update={"service_code": changed.service_code})
        await save_report(tx, after)
        await tell(tx, after, wish.at)
        return after

    def _told(self, wish: Wish) -> str | None:
        """The words to the reporter, sealed to the citizens' side."""
        if wish.transition.public_note is None:
            return None
        words = MessageContent(
            report_id=wish.report_id, text=wish.transition.public_note
        )
        return self._sealer.seal("citizens", words)

    async def _give_back(
        self, tx: AsyncConnection, wish: Wish, case: Case, report: Report
    ) -> Report:
        """No new version: for the reporter it is still assigned."""
        after = report.model_copy(
            update={"returned_by": (*report.returned_by, wish.department)}
        )
        present = await cases_of(tx, wish.report_id)
        returned = task_returned(
            after,
            case,
            also_at=at_work_beside(case, present),
            content=self._content(case),
            reason=wish.transition.note or "",
            to=wish.transition.department,
            at=wish.at,
            sealer=self._sealer,
        )
        await save_report(tx, after)
        await say_wrong(tx, returned)
        return after

    async def _correct(
        self,
        tx: AsyncConnection,
        wish: Wish,
        before: Case,
        changed: Case,
        report: Report,
    ) -> None:
        """Say that the service was wrong; a report that was taken back says nothing."""
        if changed.service_code == before.service_code or before.content is None:
            return
        corrected = service_corrected(
            report,
            changed,
            before=before.service_code,
            also_at=at_work_beside(before, await cases_of(tx, wish.report_id)),
            content=before.content,
            reason=wish.transition.note or "",
            at=wish.at,
            sealer=self._sealer,
        )
        await say_wrong(tx, corrected)

    def _content(self, case: Case) -> TaskContent:
        if case.content is not None:
            return case.content
        if case.sealed is None:
            raise invalid(
                FieldError("to", "the report was taken back; nothing is left to give")
            )
        return self._opener.open(
            department_key(case.department), case.sealed, case.report_id, TaskContent
        )

    def _noted(
        self, wish: Wish, before: Case, after: Case, version: int
    ) -> list[Change]:
        """Every field that changed; words in the confidential lane are sealed."""
        first, *others = field_changes(wish, before, after, version)
        if first.note is None or before.lane is not Lane.CONFIDENTIAL:
            return [first, *others]
        words = MessageContent(report_id=wish.report_id, text=first.note)
        sealed = self._sealer.seal(department_key(wish.department), words)
        return [first.model_copy(update={"note": None, "sealed": sealed}), *others]
