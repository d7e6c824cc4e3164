"""Cases as the API answers them."""

from services.desk.cases import Record
from services.desk.model import Case
from services.desk.rules import allowed
from services.desk.schemas import (
    CaseShown,
    ChangeShown,
    InformedShown,
    PhotoShown,
    SimilarShown,
    WholeCase,
)
from shared.contracts.content import ReportContent

SUMMARY = 160


def shown(version: int, case: Case) -> CaseShown:
    """A line of the inbox."""
    return CaseShown(
        version=version,
        summary=_summary(case),
        **case.model_dump(include=set(CaseShown.model_fields)),
    )


def whole(record: Record) -> WholeCase:
    """A case with everything that its department may know."""
    case, content = record.case, record.case.content
    line = shown(record.report.version, case)
    report = content.report if content else _nothing(case)
    return WholeCase(
        **line.model_dump(),
        language=record.report.language,
        photos=[
            PhotoShown(href=f"/api/v1/cases/{case.report_id}/photos/{number}")
            for number in range(len(report.photos))
        ],
        description=report.description if content else None,
        **report.model_dump(include={"address", "lat", "long", "attributes"}),
        decision=content.decision if content else None,
        similar=[SimilarShown(**dict(each)) for each in record.earlier],
        history=list(record.report.history),
        changes=[ChangeShown(**dict(change)) for change in record.changes],
        informed=[InformedShown(**dict(told)) for told in record.informed],
        allowed=list(allowed(case.status, case.lane)),
    )


def _summary(case: Case) -> str | None:
    if case.content is None or case.sealed is not None:
        return None
    words = " ".join(case.content.report.description.split())
    return words if len(words) <= SUMMARY else f"{words[: SUMMARY - 1]}…"


def _nothing(case: Case) -> ReportContent:
    """What is left of a report that was taken back."""
    return ReportContent(report_id=case.report_id, description="")
