"""The citizens' pages: a form, a receipt, and where a report stands."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from services.intake.answers import emergency
from services.intake.questions import Asked, asked
from services.intake.texts import Texts, best_language, load_texts
from shared.city.city import City

WEB = Path(__file__).parent / "web"


class Pages:
    """Draws pages in the reader's language."""

    def __init__(self, city: City) -> None:
        self.city = city
        self._texts = load_texts()
        self._zone = ZoneInfo(city.timezone)
        self._templates = Environment(
            loader=FileSystemLoader(WEB / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def texts(self, request: Request) -> Texts:
        """The words in the language that the browser asks for."""
        accepted = request.headers.get("accept-language", "")
        return self._texts[best_language(accepted, self._texts)]

    def draw(
        self,
        request: Request,
        template: str,
        *,
        here: str,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **values: Any,
    ) -> HTMLResponse:
        """A page. Every value is escaped by the template."""
        texts = self.texts(request)
        language = texts["language"]
        page = self._templates.get_template(template).render(
            t=texts,
            here=here,
            city=self.city,
            time=lambda at: self._shown(at, texts["time_format"], language),
            day=lambda at: self._shown(at, texts["day_format"], language),
            **{"wrong": {}, "token": new_token(), **values},
        )
        answer = {"Content-Language": language, "Vary": "Accept-Language"}
        return HTMLResponse(page, status, {**answer, **(headers or {})})

    def phones(self, request: Request) -> list[dict[str, Any]]:
        """Whom to call, in the reader's language."""
        language = self.texts(request)["language"]
        return [
            {
                "number": phone.number,
                "name": phone.name.get(language, phone.name[self.city.language]),
                "example": phone.example,
            }
            for phone in self.city.phone_numbers
        ]

    def emergency(self, request: Request, danger: str | None) -> dict[str, Any] | None:
        """
        What to do in a danger, in the language that the browser likes best.

        The pack says it in more languages than the pages speak.
        """
        if self.city.emergency is None:
            return None
        accepted = request.headers.get("accept-language", "")
        spoken = self.city.emergency.advice(danger).text
        language = best_language(accepted, spoken)
        return {
            "language": language,
            "advice": emergency(self.city, danger, language),
        }

    def questions(self, request: Request, fields: Mapping[str, str]) -> list[Asked]:
        """What the chosen service asks, with what was answered before."""
        service = self.city.services.get(fields.get("service_code", ""))
        language = self.texts(request)["language"]
        return asked(service, fields, language, self.city.language)

    def department_names(self, request: Request) -> dict[str | None, str]:
        """Every department's name in the reader's language."""
        language = self.texts(request)["language"]
        return {None: ""} | {
            code: department.name.get(language, department.name[self.city.language])
            for code, department in self.city.departments.items()
        }

    def _shown(self, at: datetime, pattern: str, language: str) -> str:
        """A time as people here write it."""
        from babel.dates import format_datetime

        return str(format_datetime(at, pattern, tzinfo=self._zone, locale=language))


def new_token() -> str:
    """A form's own Idempotency-Key: a double click makes one report."""
    return secrets.token_urlsafe(18)
