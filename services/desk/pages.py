"""The desk's pages: for a browser, without any script."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import structlog
from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.desk.cases import NotACursor, Record, Search
from services.desk.desk import Desk, desk_of
from services.desk.endpoints import PHOTO_HEADERS
from services.desk.forms import Typed, search_of, typed_in
from services.desk.problems import unknown_case
from services.desk.sessions import enter, is_genuine, leave, signed_in_as
from services.desk.views import View
from services.desk.wishes import Wish
from shared.web.problems import Refused

log = structlog.get_logger()

router = APIRouter(include_in_schema=False)

Parts = Annotated[Desk, Depends(desk_of)]


@router.get("/")
async def inbox(request: Request, desk: Parts) -> Response:
    """The open cases, or who is there?"""
    view = View(request, desk)
    department = signed_in_as(request, desk.clerks)
    if department is None:
        return view.page("login.html", departments=desk.clerks.departments)
    search = search_of(request.query_params)
    try:
        found = await desk.reading.cases(department).inbox(search)
    except NotACursor:
        found = await desk.reading.cases(department).inbox(Search())
    later = (
        request.url.include_query_params(after=found.next).query if found.next else None
    )
    return view.page("inbox.html", found=found.cases, search=search, later=later)


@router.post("/login")
async def login(request: Request, desk: Parts) -> Response:
    """Enter with a department's token; in a demonstration by its name alone."""
    view = View(request, desk)
    form = await request.form(max_fields=10, max_files=0)
    if not is_genuine(request, form):
        return _expired(view)
    department = desk.clerks.department_of(str(form.get("token") or ""))
    chosen = str(form.get("department") or "")
    if desk.demo_login and chosen in desk.clerks.departments:
        department = chosen
    if department is None:
        return view.page(
            "login.html", 401, departments=desk.clerks.departments, wrong=True
        )
    enter(request, desk.clerks, department)
    log.info("clerk.entered", department=department)
    return RedirectResponse("/", 303)


@router.post("/logout")
async def logout(request: Request, desk: Parts) -> Response:
    """Leave."""
    form = await request.form(max_fields=10, max_files=0)
    if not is_genuine(request, form):
        return _expired(View(request, desk))
    leave(request)
    return RedirectResponse("/", 303)


@router.get("/cases/{report_id}")
async def case(request: Request, desk: Parts, report_id: str) -> Response:
    """One case, and what may be done with it."""
    department = signed_in_as(request, desk.clerks)
    if department is None:
        return RedirectResponse("/", 303)
    view = View(request, desk)
    try:
        record = await _record(desk, department, report_id)
    except Refused as refused:
        return _refusal(view, refused)
    return view.case(record)


@router.get("/cases/{report_id}/photos/{number}")
async def photo(request: Request, desk: Parts, report_id: str, number: int) -> Response:
    """A photo for the page of its case."""
    department = signed_in_as(request, desk.clerks)
    if department is None:
        return RedirectResponse("/", 303)
    try:
        jpeg = await desk.reading.photo(
            department, _uuid(report_id), max(number, 0), _clerk(department)
        )
    except Refused as refused:
        return _refusal(View(request, desk), refused)
    return Response(jpeg, media_type="image/jpeg", headers=PHOTO_HEADERS)


@router.post("/cases/{report_id}")
async def change(request: Request, desk: Parts, report_id: str) -> Response:
    """Do what the form says; if it cannot be done, keep what was typed."""
    department = signed_in_as(request, desk.clerks)
    view = View(request, desk)
    form = await request.form(max_fields=20, max_files=0)
    if department is None or not is_genuine(request, form):
        return _expired(view)
    typed = typed_in(form)
    try:
        await desk.changing.change(_wish(desk, department, report_id, typed))
    except Refused as refused:
        if refused.status == 404:
            return _refusal(view, refused)
        record = await _record(desk, department, report_id)
        return view.case(record, typed=typed, refused=refused)
    return RedirectResponse(f"/cases/{report_id}", 303)


def _wish(desk: Desk, department: str, report_id: str, typed: Typed) -> Wish:
    return Wish(
        department=department,
        report_id=_uuid(report_id),
        transition=typed.transition(
            desk.city.timezone, desk.city.working_time.day_ends
        ),
        version=typed.version,
        who=_clerk(department),
        at=datetime.now(UTC),
    )


async def _record(desk: Desk, department: str, report_id: str) -> Record:
    return await desk.reading.record(department, _uuid(report_id), _clerk(department))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise unknown_case() from None


def _clerk(department: str) -> str:
    return f"page:{department}"


def _refusal(view: View, refused: Refused) -> Response:
    return view.page("message.html", refused.status, code=refused.type)


def _expired(view: View) -> Response:
    """A form without our token: an old page, or somebody else's."""
    return view.page("message.html", 403, code="expired")
