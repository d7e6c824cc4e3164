"""Finds a report by its tracking code, and opens the messages for its reporter."""

from uuid import UUID

import structlog
from redis.exceptions import RedisError

from services.intake.problems import not_a_code, unknown_report, view_away
from services.intake.tracking import TrackingOut, tracked
from services.intake.view import View
from shared.city.city import City
from shared.contracts.content import MessageContent
from shared.contracts.status import Message, StatusChanged
from shared.identity import NotACode, read_tracking_code, report_id_of
from shared.sealing import CannotOpen, Opener, UnknownRecipient

log = structlog.get_logger()

CITIZENS = "citizens"


class Lookup:
    """Nothing is looked up by name: the code is hashed, and the view asked."""

    def __init__(self, *, view: View, opener: Opener, city: City) -> None:
        self._view = view
        self._opener = opener
        self._city = city

    async def state(self, tracking_code: str) -> StatusChanged:
        """The newest state. Raises Refused: no code, unknown, or the view is away."""
        try:
            report_id = report_id_of(read_tracking_code(tracking_code))
        except NotACode:
            raise not_a_code() from None
        state = await self.known(report_id)
        if state is None:
            raise unknown_report()
        return state

    async def known(self, report_id: UUID) -> StatusChanged | None:
        """The newest state, if there is one. Raises Refused: the view is away."""
        try:
            complete = await self._view.complete()
            state = await self._view.get(report_id) if complete else None
        except (RedisError, OSError, TimeoutError) as error:
            raise view_away() from error
        if not complete:
            raise view_away()
        return state

    async def tracking(self, tracking_code: str) -> TrackingOut:
        """Where the report stands, for its reporter. Raises Refused."""
        state = await self.state(tracking_code)
        return tracked(state, self._city, self._opened)

    def _opened(self, report_id: UUID, message: Message) -> str | None:
        """A message's words; one that cannot be opened is left out, and logged."""
        try:
            content = self._opener.open(
                CITIZENS, message.content, report_id, MessageContent
            )
        except (CannotOpen, UnknownRecipient) as error:
            log.error("message.sealed", reason=type(error).__name__)
            return None
        return content.text
