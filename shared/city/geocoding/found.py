"""What came of looking for a place."""

from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Literal

from shared.city.place import METRES_PER_DEGREE

Kind = Literal["address", "street", "crossing", "place", "quarter"]
Reason = Literal["empty", "outside", "unknown"]


@dataclass(frozen=True, slots=True)
class Found:
    """A point, how sure it is (0 to 1), and the city's own name of what was found."""

    lat: float
    long: float
    quarter: str | None
    confidence: float
    kind: Kind
    matched: str


@dataclass(frozen=True, slots=True)
class NotFound:
    """Nothing that can be named, and why: another city, or words that say no place."""

    reason: Reason


def metres(lat: float, long: float, other_lat: float, other_long: float) -> float:
    """How far two points of a city are apart."""
    across = (long - other_long) * cos(radians(lat))
    return METRES_PER_DEGREE * hypot(lat - other_lat, across)
