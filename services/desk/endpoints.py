"""The desk's API: the cases of the department whose token is sent."""

import re
from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID

import structlog
from fastapi import APIRouter, Depends, Header, Path, Query, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import Request

from services.desk.answers import CASE, CHANGED, INBOX, PHOTO
from services.desk.cases import PAGE, NotACursor, Search
from services.desk.desk import Desk, desk_of
from services.desk.problems import not_signed_in
from services.desk.schemas import CaseShown, SearchWords, Transition, WholeCase
from services.desk.showing import shown, whole
from services.desk.wishes import Wish
from shared.contracts.vocabulary import Quarter, ServiceCode, Status
from shared.web.problems import FieldError, invalid

log = structlog.get_logger()

PHOTO_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}

router = APIRouter(prefix="/api/v1", tags=["cases"])

bearer = HTTPBearer(auto_error=False, description="The department's token.")

Parts = Annotated[Desk, Depends(desk_of)]


def signed_in(
    desk: Parts,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
) -> str:
    """The department whose token was sent. Raises Refused."""
    token = credentials.credentials if credentials else ""
    department = desk.clerks.department_of(token)
    if department is None:
        raise not_signed_in()
    return department


Department = Annotated[str, Depends(signed_in)]
IfMatch = Annotated[str | None, Header(description="The case's ETag.")]


@router.get("/cases", responses=INBOX)
async def list_cases(
    request: Request,
    response: Response,
    desk: Parts,
    department: Department,
    status: Status | Literal["all"] | None = None,
    quarter: Quarter | None = None,
    service_code: ServiceCode | None = None,
    q: SearchWords | None = None,
    after: Annotated[
        str | None, Query(max_length=200, pattern="^[A-Za-z0-9_-]*$")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = PAGE,
) -> list[CaseShown]:
    """The inbox: open cases, danger first, then the newest."""
    search = Search(status, quarter, service_code, q, after, limit)
    try:
        found = await desk.reading.cases(department).inbox(search)
    except NotACursor as error:
        raise invalid(FieldError("after", str(error))) from None
    if found.next is not None:
        url = request.url.include_query_params(after=found.next)
        response.headers["Link"] = f'<{url}>; rel="next"'
    response.headers["Cache-Control"] = "no-store"
    return [shown(version, case) for version, case in found.cases]


@router.get("/cases/{report_id}", responses=CASE)
async def get_case(
    report_id: UUID, response: Response, desk: Parts, department: Department
) -> WholeCase:
    """A case, its content opened."""
    return await _answered(desk, department, report_id, response)


@router.get("/cases/{report_id}/photos/{number}", responses=PHOTO)
async def get_photo(
    report_id: UUID,
    number: Annotated[int, Path(ge=0, le=1000)],
    desk: Parts,
    department: Department,
) -> Response:
    """A photo of a case."""
    who = clerk(department)
    photo = await desk.reading.photo(department, report_id, number, who)
    return Response(photo, media_type="image/jpeg", headers=PHOTO_HEADERS)


@router.post("/cases/{report_id}/transitions", responses=CHANGED)
async def change_case(
    report_id: UUID,
    transition: Transition,
    response: Response,
    desk: Parts,
    department: Department,
    if_match: IfMatch = None,
) -> WholeCase:
    """Take a case one step further, if nobody else did since it was read."""
    wish = Wish(
        department=department,
        report_id=report_id,
        transition=transition,
        version=seen_version(if_match),
        who=clerk(department),
        at=datetime.now(UTC),
    )
    version = await desk.changing.change(wish)
    log.info(
        "case.changed", report_id=str(report_id), to=transition.to, version=version
    )
    return await _answered(desk, department, report_id, response)


def clerk(department: str) -> str:
    """Who acts: as long as a department has one token, the department."""
    return f"token:{department}"


def seen_version(if_match: str | None) -> int | None:
    """The version in If-Match; what is no version of ours matches none."""
    if if_match is None:
        return None
    found = re.fullmatch(r'\s*"?([0-9]{1,9})"?\s*', if_match)
    return int(found[1]) if found else 0


async def _answered(
    desk: Desk, department: str, report_id: UUID, response: Response
) -> WholeCase:
    record = await desk.reading.record(department, report_id, clerk(department))
    response.headers["ETag"] = f'"{record.report.version}"'
    response.headers["Cache-Control"] = "no-store"
    return whole(record)
