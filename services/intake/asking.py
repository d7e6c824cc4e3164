"""Asks whoever is about to report: is it this, which is known already?"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from services.intake import metrics
from services.intake.cases import is_public
from services.intake.earlier import Proposal
from services.intake.endpoints import Counter
from services.intake.forms import TYPED, attempt_in, in_words, read_fields
from services.intake.multipart import File
from services.intake.pages import Pages, new_token
from services.intake.problems import unknown_case
from services.intake.questions import fields_of_answers
from services.intake.schemas import ReportIn
from shared.contracts.status import StatusChanged
from shared.web.problems import Refused

ANSWER, ANOTHER = "similar", "no"
"""The form's field that says: it is another one."""


class Asking:
    """A step between the form and the receipt, and what follows from a yes."""

    def __init__(self, counter: Counter, pages: Pages) -> None:
        self._counter = counter
        self._pages = pages

    def routes(self) -> list[BaseRoute]:
        """Where a yes goes."""
        return [Route("/follow", self.follow, methods=["POST"])]

    async def question(
        self,
        request: Request,
        fields: Mapping[str, str],
        report: ReportIn,
        photos: Sequence[File],
    ) -> Response | None:
        """
        The page that asks, or None when there is nothing to ask.

        Photos could not come along without being stored, so then nobody is asked.
        """
        if photos or fields.get(ANSWER) == ANOTHER:
            return None
        found = await self._proposals(report, fields)
        if not found:
            return None
        metrics.asked()
        return self._pages.draw(
            request,
            "similar.html",
            here="form",
            found=found,
            given={
                **{name: fields.get(name, "") for name in (*TYPED, "confidential")},
                **fields_of_answers(fields),
            },
            answer=(ANSWER, ANOTHER),
            token=fields.get("token") or new_token(),
        )

    async def follow(self, request: Request) -> Response:
        """Note that somebody else has seen it, and show where it stands."""
        fields: dict[str, str] = {}
        try:
            fields, _ = await read_fields(request)
            state = await self._public(fields.get("report_id", ""))
            noted = await self._noted(state, fields)
        except Refused as refusal:
            return self._unknown(request, refusal)
        return self._pages.draw(
            request,
            "followed.html",
            here="followed",
            state=state,
            noted=noted,
            departments=self._pages.department_names(request),
        )

    async def _proposals(
        self, report: ReportIn, fields: Mapping[str, str]
    ) -> list[Proposal]:
        """None where the view is away: a report is never kept waiting for it."""
        own = self._counter.reception.id_of(report, attempt_in(fields))
        try:
            return await self._counter.earlier.proposals(report, own=own)
        except Refused:
            return []

    async def _public(self, named: str) -> StatusChanged:
        """The state of a report that everybody may see. Raises Refused."""
        try:
            report_id = UUID(named)
        except ValueError:
            raise unknown_case() from None
        state = await self._counter.lookup.known(report_id)
        if state is None or not is_public(state, self._counter.city):
            raise unknown_case()
        return state

    async def _noted(self, state: StatusChanged, fields: Mapping[str, str]) -> bool:
        """Whether it could be put down; if not, the page still shows the case."""
        try:
            await self._counter.replies.follow(state, attempt_in(fields))
        except Refused:
            return False
        metrics.followed()
        return True

    def _unknown(self, request: Request, refusal: Refused) -> Response:
        return self._pages.draw(
            request,
            "followed.html",
            here="followed",
            state=None,
            status=refusal.status,
            headers=refusal.headers,
            wrong=in_words(refusal, self._pages.texts(request)),
        )
