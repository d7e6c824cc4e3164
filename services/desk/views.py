"""What the pages show, in the words of the people who work there."""

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from services.desk.answered import answered
from services.desk.cases import Record
from services.desk.desk import Desk
from services.desk.forms import Typed
from services.desk.rules import allowed
from services.desk.sessions import form_token, signed_in_as
from services.desk.wording import (
    CHANNELS,
    FIELDS,
    FORM_FIELDS,
    HINTS,
    LANES,
    REFUSALS,
    REPLIES,
    STATUSES,
    STEPS,
)
from shared.web.problems import Refused

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "web" / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class View:
    """The pages for one request."""

    def __init__(self, request: Request, desk: Desk) -> None:
        self._request = request
        self._desk = desk
        self._zone = ZoneInfo(desk.city.timezone)

    def page(self, template: str, status: int = 200, **shown: Any) -> Response:
        """A whole page, never kept by a browser."""
        department = signed_in_as(self._request, self._desk.clerks)
        html = _TEMPLATES.get_template(template).render(
            city=self._desk.city.name,
            me=department,
            form_token=form_token(self._request),
            demo=self._desk.demo_login,
            statuses=STATUSES,
            lanes=LANES,
            refusals=REFUSALS,
            department_name=self._department,
            service_name=self._service,
            services=self._services(department),
            when=self._when,
            **shown,
        )
        return HTMLResponse(html, status, headers={"Cache-Control": "no-store"})

    def case(
        self,
        record: Record,
        *,
        typed: Typed | None = None,
        refused: Refused | None = None,
    ) -> Response:
        """A case with its form, and perhaps why it was not followed."""
        errors = refused.errors if refused else ()
        return self.page(
            "case.html",
            refused.status if refused else 200,
            record=record,
            case=record.case,
            content=record.case.content,
            answers=answered(record.case.content, self._desk.city),
            steps=[(step, STEPS[step]) for step in self._steps(record)],
            departments=self._others(record.case.department),
            corrections=self._corrections(record),
            typed=typed or Typed(),
            refused=refused.type if refused else None,
            wrong={FORM_FIELDS.get(e.field, e.field) for e in errors},
            hints=HINTS,
            moment=datetime.fromisoformat,
            who=self._who,
            fields=FIELDS,
            replies=REPLIES,
            channels=CHANNELS,
        )

    def _steps(self, record: Record) -> tuple[str, ...]:
        return tuple(allowed(record.case.status, record.case.lane))

    def _others(self, mine: str) -> list[str]:
        return [name for name in self._desk.city.departments if name != mine]

    def _corrections(self, record: Record) -> list[str]:
        """What else the case may be about; for another department it is given back."""
        ordinary = self._desk.city.ordinary_services
        ours = self._services(record.case.department)
        return [c for c in ours if c in ordinary and c != record.case.service_code]

    def _services(self, department: str | None) -> list[str]:
        found = self._desk.city.services.values()
        return [service.code for service in found if service.department == department]

    def _department(self, department: str) -> str:
        known = self._desk.city.departments.get(department)
        return department if known is None else known.name.get("de", department)

    def _who(self, who: str) -> str:
        """Who changed something; a reporter is named by what was said."""
        way, _, department = who.partition(":")
        if department:
            return self._department(department) + (", API" if way == "token" else "")
        return "" if who == "reporter" else "automatisch"

    def _service(self, code: str | None) -> str:
        known = self._desk.city.services.get(code or "")
        return "Ohne Kategorie" if known is None else known.name.get("de", known.code)

    def _when(self, at: datetime | None) -> str:
        return (
            "–" if at is None else at.astimezone(self._zone).strftime("%d.%m.%Y, %H:%M")
        )
