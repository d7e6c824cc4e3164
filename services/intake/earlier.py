"""Finds earlier public reports that may be about the same."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from redis.exceptions import RedisError

from services.intake.cases import is_public
from services.intake.likeness import Likely, Subject, likely
from services.intake.problems import view_away
from services.intake.rules import course, faults
from services.intake.schemas import ReportIn
from services.intake.view import View
from shared.classifier.reader import Reader
from shared.contracts.content import Similar
from shared.contracts.status import StatusChanged
from shared.web.problems import invalid

MOST = 5
SECONDS = 0.5
HINT_SECONDS = 0.2
"""A hint is worth less waiting than an answer."""


@dataclass(frozen=True)
class Proposal:
    """An earlier report as everybody may see it, and how likely it is the same."""

    state: StatusChanged
    metres: int
    score: float


class Earlier:
    """Asks the view; nothing of the new report is kept or logged."""

    def __init__(
        self,
        *,
        view: View,
        reader: Reader,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._view = view
        self._reader = reader
        self._clock = clock

    async def proposals(
        self, report: ReportIn, *, own: UUID | None = None
    ) -> list[Proposal]:
        """The likeliest first. Raises Refused: wrong fields, or the view is away."""
        if wrong := tuple(faults(report, self._reader.city)):
            raise invalid(*wrong)
        subject = course(report, self._reader).subject
        try:
            async with asyncio.timeout(SECONDS):
                if not await self._view.complete():
                    raise view_away()
                found = (await self._likely(subject, own))[:MOST]
                states = await self._view.states([each.report_id for each in found])
        except (RedisError, OSError, TimeoutError) as error:
            raise view_away() from error
        return [
            Proposal(state, each.metres, each.score)
            for each in found
            if (state := states.get(each.report_id)) is not None
            and is_public(state, self._reader.city)
        ]

    async def hint(self, subject: Subject | None, own: UUID) -> tuple[Similar, ...]:
        """The likeliest one, for the clerk; none when the view is away."""
        with suppress(RedisError, TimeoutError, OSError):
            async with asyncio.timeout(HINT_SECONDS):
                found = (await self._likely(subject, own))[:1]
            return tuple(Similar(report_id=e.report_id, score=e.score) for e in found)
        return ()

    async def _likely(self, subject: Subject | None, own: UUID | None) -> list[Likely]:
        if subject is None:
            return []
        near = await self._view.near(subject.lat, subject.long, subject.reach)
        return likely(subject, near, self._clock(), own=own)
