"""Which earlier reports may be about the same: near, not long ago, the same service."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, hypot, radians
from uuid import UUID

from services.intake.lists import Placed
from services.intake.schemas import ReportIn
from shared.city.city import City
from shared.city.place import GRID_METRES, METRES_PER_DEGREE
from shared.city.service import Service
from shared.classifier.reader import ANYTHING
from shared.classifier.reading import Reading

LEAST = 0.3
"""What is less likely is not worth a citizen's question."""


@dataclass(frozen=True)
class Subject:
    """What a report is about, how surely, and where."""

    service: Service
    sure: float
    lat: float
    long: float

    @property
    def reach(self) -> float:
        """In so many metres may lie the rounded place of a report about the same."""
        return self.service.duplicate_metres + GRID_METRES


@dataclass(frozen=True)
class Likely:
    """An earlier report that may be about the same; ``metres``: at least so far off."""

    report_id: UUID
    metres: int
    score: float


def subject_of(report: ReportIn, reading: Reading, city: City) -> Subject | None:
    """
    What an earlier report would have to be about; None where nobody may be asked.

    Whoever reports a danger, or what might be one, is never asked whether somebody
    else has done so before.
    """
    if report.confidential or reading.lane != "normal" or reading.doubtful:
        return None
    if report.lat is None or report.long is None:
        return None
    chosen = report.service_code is not None and report.service_code not in ANYTHING
    code = report.service_code if chosen else reading.guess
    service = city.services.get(code or "")
    if service is None or not service.public or not service.duplicate_metres:
        return None
    sure = 1.0 if chosen else reading.confidence
    return Subject(service, sure, report.lat, report.long)


def likely(
    subject: Subject, near: Iterable[Placed], now: datetime, *, own: UUID | None = None
) -> list[Likely]:
    """
    The reports that may be about the same, the likeliest first.

    *own* is the report itself, which is there already when it is sent again.
    """
    found = [
        Likely(placed.report_id, round(_metres(subject, placed)), score)
        for placed in near
        if placed.report_id != own
        and placed.service_code == subject.service.code
        and (score := _score(subject, placed, now)) >= LEAST
    ]
    return sorted(found, key=lambda each: (-each.score, each.report_id))


def _score(subject: Subject, placed: Placed, now: datetime) -> float:
    """
    From 0 to 1, to order by: half is left at the end of the radius and of the days.

    What earlier reporters wrote plays no part: the public view has no words.
    """
    far = _metres(subject, placed) / subject.service.duplicate_metres
    old = max(0.0, (now - placed.received_at) / _days(subject.service))
    if far > 1 or old > 1:
        return 0.0
    return round(subject.sure * (1 - far / 2) * (1 - old / 2), 2)


def _days(service: Service) -> timedelta:
    return timedelta(days=service.duplicate_days)


def _metres(subject: Subject, placed: Placed) -> float:
    """
    How far apart the two are at least.

    The earlier one is somewhere in the square around its rounded place.
    """
    north = METRES_PER_DEGREE * abs(subject.lat - placed.lat)
    east = METRES_PER_DEGREE * abs(subject.long - placed.long)
    east *= cos(radians(placed.lat))
    half = GRID_METRES / 2
    return hypot(max(0.0, north - half), max(0.0, east - half))
