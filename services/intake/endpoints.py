"""Intake's API: reports in, tracking out."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from redis.exceptions import RedisError

from services.intake import docs
from services.intake.answers import (
    CaseOut,
    ReplyAccepted,
    ReportAccepted,
    SimilarOut,
    case_out,
    receipt_out,
    similar_out,
)
from services.intake.attempt import attempt_of
from services.intake.bodies import (
    as_model,
    media_type,
    read_form,
    read_json,
    report_and_photos,
    unsupported,
)
from services.intake.cases import Box, Page, Wanted, page_of
from services.intake.earlier import Earlier
from services.intake.lookup import Lookup
from services.intake.multipart import File
from services.intake.problems import view_away
from services.intake.reception import Reception
from services.intake.replies import Replies
from services.intake.schemas import ReplyIn, ReportIn, SimilarIn, TrackingIn
from services.intake.tracking import TrackingOut
from services.intake.view import View
from shared.city.city import City
from shared.contracts.vocabulary import ServiceCode, Status

CURSOR = r"^[0-9]{15}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
BBOX = r"^-?[0-9]{1,3}(\.[0-9]+)?(,-?[0-9]{1,3}(\.[0-9]+)?){3}$"


@dataclass(frozen=True, kw_only=True)
class Counter:
    """The parts that answer at the counter."""

    reception: Reception
    earlier: Earlier
    replies: Replies
    lookup: Lookup
    view: View
    city: City
    public_url: str


class Endpoints:
    """The API's answers."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    async def receive_report(
        self, request: Request, response: Response
    ) -> ReportAccepted:
        """Take a report. 201 means that it is on record, whatever happens next."""
        counter, attempt = self._counter, attempt_of(request)
        report, photos = await _report_of(request)
        receipt = await counter.reception.take(report, photos, attempt)
        if receipt.replayed:
            response.headers["Idempotency-Replayed"] = "true"
        return receipt_out(receipt, counter.city, counter.public_url)

    async def similar(self, request: Request) -> list[SimilarOut]:
        """Open public reports that may be about the same, the likeliest first."""
        said = await read_json(request, SimilarIn)
        found = await self._counter.earlier.proposals(said.report)
        return [similar_out(proposal) for proposal in found]

    async def track(self, request: Request) -> TrackingOut:
        """Where a report stands, for whoever has its code."""
        asked = await read_json(request, TrackingIn)
        return await self._counter.lookup.tracking(asked.tracking_code)

    async def reply(self, request: Request) -> ReplyAccepted:
        """Answer a question, say that it is not fixed, withdraw, or follow."""
        attempt = attempt_of(request)
        said = await read_json(request, ReplyIn)
        state = await self._counter.lookup.state(said.tracking_code)
        await self._counter.replies.take(state, said, attempt)
        return ReplyAccepted(report_id=state.report_id)

    async def public_cases(
        self,
        request: Request,
        response: Response,
        bbox: Annotated[str | None, Query(pattern=BBOX, description=docs.BBOX)] = None,
        service_code: Annotated[ServiceCode | None, Query()] = None,
        status: Annotated[Status | None, Query()] = None,
        after: Annotated[
            str | None, Query(pattern=CURSOR, description=docs.AFTER)
        ] = None,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    ) -> list[CaseOut]:
        """Public cases, newest first; the next page is in `Link: rel="next"`."""
        box = Box.read(bbox) if bbox is not None else None
        wanted = Wanted(box, service_code, status)
        page = await self._page(wanted, after, limit)
        if page.after is not None:
            query = urlencode({**request.query_params, "after": page.after})
            address = f"{self._counter.public_url}/api/v1/reports?{query}"
            response.headers["Link"] = f'<{address}>; rel="next"'
        return [case_out(state) for state in page.cases]

    async def _page(self, wanted: Wanted, after: str | None, limit: int) -> Page:
        view, city = self._counter.view, self._counter.city
        try:
            if not await view.complete():
                raise view_away()
            return await page_of(view, city, wanted, after=after, limit=limit)
        except (RedisError, OSError, TimeoutError) as error:
            raise view_away() from error


def build_router(counter: Counter) -> APIRouter:
    """The API's addresses."""
    router, api = APIRouter(prefix="/api/v1"), Endpoints(counter)
    router.add_api_route(
        "/reports",
        api.receive_report,
        methods=["POST"],
        status_code=201,
        response_model_exclude_none=True,
        responses=docs.RECEIVE,
        openapi_extra=docs.REPORT_BODY,
    )
    router.add_api_route("/reports", api.public_cases, responses=docs.CASES)
    router.add_api_route(
        "/reports/similar",
        api.similar,
        methods=["POST"],
        responses=docs.SIMILAR,
        openapi_extra=docs.SIMILAR_BODY,
    )
    _add_tracking(router, api)
    return router


def _add_tracking(router: APIRouter, api: Endpoints) -> None:
    router.add_api_route(
        "/tracking",
        api.track,
        methods=["POST"],
        response_model_exclude_none=True,
        responses=docs.TRACK,
        openapi_extra=docs.TRACKING_BODY,
    )
    router.add_api_route(
        "/tracking/replies",
        api.reply,
        methods=["POST"],
        status_code=202,
        responses=docs.REPLY,
        openapi_extra=docs.REPLY_BODY,
    )


async def _report_of(request: Request) -> tuple[ReportIn, list[File]]:
    """The report and its photos, from JSON or multipart. Raises Refused."""
    kind = media_type(request)
    if kind == "application/json":
        return await read_json(request, ReportIn), []
    if kind == "multipart/form-data":
        said, photos = report_and_photos(await read_form(request))
        return as_model(said, ReportIn), photos
    raise unsupported("application/json", "multipart/form-data")
