"""Where a report is: its quarter, and how exactly we may say it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

METRES_PER_DEGREE = 111_320
GRID_METRES = 50
NEAR_METRES = 100


@dataclass(frozen=True)
class Outline:
    """A quarter's border as GeoJSON gives it."""

    quarter: str
    district: int
    geometry: dict[str, Any]


def rounded(lat: float, long: float) -> tuple[float, float]:
    """The nearest point of a 50 m grid, so that a place does not point at a door."""
    row = GRID_METRES / METRES_PER_DEGREE
    snapped_lat = round(lat / row) * row
    column = row / cos(radians(snapped_lat))
    return round(snapped_lat, 5), round(round(long / column) * column, 5)


class QuarterMap:
    """The quarters' outlines, quick to ask."""

    def __init__(self, outlines: Sequence[Outline]) -> None:
        import shapely

        self._shapely = shapely
        self._names = [outline.quarter for outline in outlines]
        self._stretch = cos(radians(_latitude(outlines)))
        self._tree = shapely.STRtree(
            [
                shapely.transform(
                    shapely.geometry.shape(outline.geometry), self._flattened
                )
                for outline in outlines
            ]
        )

    def quarter_of(self, lat: float, long: float) -> str | None:
        """
        The quarter around a point, or the nearest one within 100 m.

        Outlines are simplified, so a point at a border may lie between two.
        """
        point = self._shapely.Point(long * self._stretch, lat)
        found = self._tree.query_nearest(
            point, max_distance=NEAR_METRES / METRES_PER_DEGREE, all_matches=False
        )
        return self._names[int(found[0])] if len(found) else None

    def middles(self) -> dict[str, tuple[float, float]]:
        """A point well inside each quarter."""
        inside = {
            name: self._tree.geometries[number].representative_point()
            for number, name in enumerate(self._names)
        }
        return {name: (at.y, at.x / self._stretch) for name, at in inside.items()}

    def _flattened(self, points: Any) -> Any:
        return points * (self._stretch, 1.0)


def _latitude(outlines: Sequence[Outline]) -> float:
    """A latitude of the city, to make a degree as long both ways."""
    point: Any = outlines[0].geometry["coordinates"]
    while isinstance(point[0], list):
        point = point[0]
    return float(point[1])
