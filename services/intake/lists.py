"""Where a report stands in the view's two lists: by time, and by place."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self
from uuid import UUID

from shared.contracts.status import StatusChanged
from shared.contracts.vocabulary import Lane, Status

CLOSED = frozenset({Status.DONE, Status.REJECTED, Status.DUPLICATE})
FARTHEST_NORTH = 85.0
"""Redis knows no place nearer to a pole; no city lies there."""


def listed_as(state: StatusChanged) -> str:
    """The place of a report in the public list, by time; '' keeps it out."""
    if state.lane is Lane.CONFIDENTIAL:
        return ""
    return f"{_milliseconds(state.received_at)}_{state.report_id}"


def placed_as(state: StatusChanged) -> str:
    """Its name in the list by place, where only open reports are; '' keeps it out."""
    place = state.place
    if state.lane is Lane.CONFIDENTIAL or state.status in CLOSED:
        return ""
    if place is None or state.service_code is None or abs(place.lat) > FARTHEST_NORTH:
        return ""
    at = _milliseconds(state.received_at)
    return f"{state.service_code}_{at}_{state.report_id}"


@dataclass(frozen=True)
class Placed:
    """An open report in the list by place, which knows 50 m of it and no words."""

    report_id: UUID
    service_code: str
    received_at: datetime
    lat: float
    long: float

    @classmethod
    def read(cls, name: str, lat: float, long: float) -> Self:
        """What its name in the list says."""
        service_code, at, report_id = name.split("_")
        received_at = datetime.fromtimestamp(int(at) / 1000, UTC)
        return cls(UUID(report_id), service_code, received_at, lat, long)


def _milliseconds(moment: datetime) -> str:
    return f"{int(moment.timestamp() * 1000):015d}"
