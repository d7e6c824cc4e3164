"""Earlier cases that may be about the same, as far as a department may know."""

from collections.abc import Sequence

from sqlalchemy import String, Uuid, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.desk.model import Case, Earlier
from services.desk.tables import cases

_MINE = select(cases.c.report_id, cases.c.status, cases.c.received_at).where(
    cases.c.department == bindparam("at_department", type_=String()),
    cases.c.report_id.in_(bindparam("of_reports", type_=Uuid(), expanding=True)),
)


async def earlier_cases(connection: AsyncConnection, case: Case) -> Sequence[Earlier]:
    """
    What intake found near it, the likeliest first.

    Only cases of the same department: a foreign one cannot be told from none.
    """
    similar = case.content.report.similar if case.content else ()
    scores = {each.report_id: each.score for each in similar}
    if not scores:
        return ()
    mine = {"at_department": case.department, "of_reports": list(scores)}
    rows = (await connection.execute(_MINE, mine)).all()
    found = [Earlier(**row._mapping, score=scores[row.report_id]) for row in rows]
    return sorted(found, key=lambda each: -each.score)
