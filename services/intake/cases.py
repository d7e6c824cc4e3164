"""The public list: which cases are shown, page by page."""

from dataclasses import dataclass
from typing import Self

from services.intake.view import View
from shared.city.city import City
from shared.contracts.status import StatusChanged
from shared.contracts.vocabulary import Lane, Status
from shared.web.problems import FieldError, invalid

MAX_LOOKED_AT = 20_000


@dataclass(frozen=True)
class Box:
    """A rectangle on the map, WGS 84."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def read(cls, text: str) -> Self:
        """`minLon,minLat,maxLon,maxLat`. Raises Refused."""
        try:
            box = cls(*(float(number) for number in text.split(",")))
        except (TypeError, ValueError):
            raise invalid(
                FieldError("bbox", "must be minLon,minLat,maxLon,maxLat")
            ) from None
        if not (-180 <= box.west <= box.east <= 180):
            raise invalid(FieldError("bbox", "the longitudes are not in order"))
        if not (-90 <= box.south <= box.north <= 90):
            raise invalid(FieldError("bbox", "the latitudes are not in order"))
        return box

    def holds(self, state: StatusChanged) -> bool:
        """Whether the report's place lies within."""
        place = state.place
        return place is not None and (
            self.west <= place.long <= self.east
            and self.south <= place.lat <= self.north
        )


@dataclass(frozen=True)
class Wanted:
    """Which cases somebody wants to see."""

    box: Box | None = None
    service_code: str | None = None
    status: Status | None = None

    def includes(self, state: StatusChanged, city: City) -> bool:
        """Whether the case is asked for, and public at all."""
        return (
            is_public(state, city)
            and self.service_code in {None, state.service_code}
            and self.status in {None, state.status}
            and (self.box is None or self.box.holds(state))
        )


@dataclass(frozen=True)
class Page:
    """Some cases, and the cursor behind the last one if there are more."""

    cases: list[StatusChanged]
    after: str | None


def is_public(state: StatusChanged, city: City) -> bool:
    """Confidential reports never; the others unless the pack keeps the service in."""
    if state.lane is Lane.CONFIDENTIAL:
        return False
    service = city.services.get(state.service_code or "")
    return service is None or service.public


async def page_of(
    view: View, city: City, wanted: Wanted, *, after: str | None, limit: int
) -> Page:
    """
    The next cases, newest first.

    It looks at no more than MAX_LOOKED_AT; a page may be short and still have a next.
    """
    found: list[tuple[str, StatusChanged]] = []
    looked_at, cursor = 0, after
    async for batch in view.newest_first(after):
        for cursor, state in batch:
            looked_at += 1
            if wanted.includes(state, city):
                if len(found) == limit:
                    return Page([case for _, case in found], found[-1][0])
                found.append((cursor, state))
        if looked_at >= MAX_LOOKED_AT:
            return Page([case for _, case in found], cursor)
    return Page([case for _, case in found], None)
