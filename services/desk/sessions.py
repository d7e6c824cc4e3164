"""Who works on the pages: a signed cookie, and forms that are ours."""

import hmac
import secrets

from starlette.datastructures import FormData
from starlette.requests import Request

from services.desk.clerks import Clerks


def signed_in_as(request: Request, clerks: Clerks) -> str | None:
    """The department; nobody any more once its token was changed."""
    department = request.session.get("department")
    mark = clerks.session_mark(str(department))
    if mark is None or request.session.get("mark") != mark:
        return None
    return str(department)


def enter(request: Request, clerks: Clerks, department: str) -> None:
    """Begin a session, with a new form token."""
    request.session.clear()
    request.session["department"] = department
    request.session["mark"] = clerks.session_mark(department)


def leave(request: Request) -> None:
    """End the session."""
    request.session.clear()


def form_token(request: Request) -> str:
    """What a form of ours carries."""
    token = request.session.get("form")
    if not isinstance(token, str):
        token = request.session["form"] = secrets.token_urlsafe(24)
    return token


def is_genuine(request: Request, form: FormData) -> bool:
    """Whether a form was sent from a page of ours."""
    wanted = str(request.session.get("form") or "")
    given = str(form.get("form_token") or "")
    return bool(wanted) and hmac.compare_digest(wanted.encode(), given.encode())
