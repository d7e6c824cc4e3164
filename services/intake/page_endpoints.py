"""The addresses of the citizens' pages."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from services.intake.asking import ANSWER, Asking
from services.intake.bodies import as_model
from services.intake.endpoints import Counter
from services.intake.forms import (
    TYPED,
    attempt_in,
    in_words,
    read_fields,
    report_of,
)
from services.intake.pages import WEB as FOLDER
from services.intake.pages import Pages, new_token
from services.intake.reception import Receipt
from services.intake.schemas import ReplyIn, ReportIn
from services.intake.tracking import TrackingOut
from shared.contracts.vocabulary import Lane, Status
from shared.identity import shown
from shared.web.problems import Refused


class PageEndpoints:
    """Answers people as the API answers programs: through the same counter."""

    def __init__(self, counter: Counter, pages: Pages) -> None:
        self._counter = counter
        self._pages = pages
        self._asking = Asking(counter, pages)

    def routes(self) -> list[BaseRoute]:
        """Where the pages are."""
        return [
            Route("/", self.form, methods=["GET"]),
            Route("/", self.receive, methods=["POST"]),
            Route("/track", self.ask, methods=["GET"]),
            Route("/track", self.track, methods=["POST"]),
            Route("/track/replies", self.reply, methods=["POST"]),
            *self._asking.routes(),
            Mount("/static", StaticFiles(directory=FOLDER / "static")),
        ]

    async def form(self, request: Request) -> Response:
        """An empty form; a link may choose the service."""
        chosen = request.query_params.get("service_code", "")
        return self._form(request, {"service_code": chosen})

    async def receive(self, request: Request) -> Response:
        """Take the form: a receipt, a question, or the form with all that was typed."""
        fields: dict[str, str] = {}
        try:
            fields, photos = await read_fields(request)
            report = as_model(report_of(fields), ReportIn)
            asked = await self._asking.question(request, fields, report, photos)
            if asked is not None:
                return asked
            attempt = attempt_in(fields)
            receipt = await self._counter.reception.take(report, photos, attempt)
        except Refused as refusal:
            return self._form(request, fields, refusal)
        return self._receipt(request, receipt)

    async def ask(self, request: Request) -> Response:
        """Ask for a code."""
        return self._pages.draw(request, "track.html", here="track", code="")

    async def track(self, request: Request) -> Response:
        """Where a report stands."""
        fields: dict[str, str] = {}
        try:
            fields, _ = await read_fields(request)
            return await self._state(request, fields)
        except Refused as refusal:
            return self._asked_again(request, fields, refusal)

    async def reply(self, request: Request) -> Response:
        """Take a reply, and show the report again."""
        fields: dict[str, str] = {}
        try:
            fields, _ = await read_fields(request)
            refusal = await self._replied(fields)
            return await self._state(request, fields, replied=True, refusal=refusal)
        except Refused as refusal:
            return self._asked_again(request, fields, refusal)

    async def _replied(self, fields: Mapping[str, str]) -> Refused | None:
        """Why the reply was not taken, or None."""
        said = {name: fields.get(name, "") for name in ("tracking_code", "kind")}
        text = fields.get("text", "").strip() or None
        try:
            reply = as_model({**said, "text": text}, ReplyIn)
            state = await self._counter.lookup.state(reply.tracking_code)
            await self._counter.replies.take(state, reply, attempt_in(fields))
        except Refused as refusal:
            return refusal
        return None

    def _form(
        self,
        request: Request,
        fields: Mapping[str, str],
        refusal: Refused | None = None,
    ) -> Response:
        names = (*TYPED, "confidential", ANSWER)
        given = {name: fields.get(name, "") for name in names}
        return self._pages.draw(
            request,
            "form.html",
            here="form",
            given=given,
            services=self._counter.city.services.values(),
            questions=self._pages.questions(request, fields),
            phones=self._pages.phones(request),
            token=fields.get("token") or new_token(),
            **self._refused(request, refusal),
        )

    def _receipt(self, request: Request, receipt: Receipt) -> Response:
        course, pages = receipt.course, self._pages
        urgent = course.shows_numbers
        return pages.draw(
            request,
            "receipt.html",
            here="receipt",
            status=201,
            code=shown(receipt.tracking_code),
            confidential=course.lane is Lane.CONFIDENTIAL,
            phones=pages.phones(request) if urgent else [],
            emergency=pages.emergency(request, course.danger) if urgent else None,
        )

    async def _state(
        self,
        request: Request,
        fields: Mapping[str, str],
        *,
        replied: bool = False,
        refusal: Refused | None = None,
    ) -> Response:
        code = fields.get("tracking_code", "")
        report = await self._counter.lookup.tracking(code)
        return self._pages.draw(
            request,
            "state.html",
            here="state",
            report=report,
            code=code,
            said=fields.get("text", "") if refusal else "",
            replied=replied and refusal is None,
            replies=_possible(report),
            departments=self._pages.department_names(request),
            **self._refused(request, refusal),
        )

    def _asked_again(
        self, request: Request, fields: Mapping[str, str], refusal: Refused
    ) -> Response:
        code = fields.get("tracking_code", "")[:80]
        values = self._refused(request, refusal)
        return self._pages.draw(
            request, "track.html", here="track", code=code, **values
        )

    def _refused(self, request: Request, refusal: Refused | None) -> dict[str, Any]:
        if refusal is None:
            return {}
        wrong = in_words(refusal, self._pages.texts(request))
        return {"wrong": wrong, "status": refusal.status, "headers": refusal.headers}


def _possible(report: TrackingOut) -> list[str]:
    """The replies that make sense now."""
    by_status = {
        Status.QUESTION: ["answer", "withdraw"],
        Status.DONE: ["reopen"],
        Status.REJECTED: ["reopen"],
        Status.DUPLICATE: [],
    }
    return by_status.get(report.status, ["withdraw"])
