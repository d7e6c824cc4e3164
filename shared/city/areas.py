"""Areas in which a place decides: a park, private land, a railway."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter


@dataclass(frozen=True)
class Area:
    """An outline as GeoJSON gives it, and what kind of ground lies in it."""

    kind: str
    geometry: dict[str, Any]


AREAS = TypeAdapter(tuple[Area, ...])


def read_areas(file: Path) -> tuple[Area, ...]:
    """A pack's `areas.geojson`. Raises ValueError."""
    features = json.loads(file.read_text("utf-8"))["features"]
    return AREAS.validate_python(
        [
            {"kind": each["properties"]["kind"], "geometry": each["geometry"]}
            for each in features
        ]
    )


class AreaMap:
    """The areas, quick to ask."""

    def __init__(self, areas: Sequence[Area]) -> None:
        import shapely

        self._shapely = shapely
        self._kinds = [area.kind for area in areas]
        self._tree = shapely.STRtree(
            [shapely.geometry.shape(area.geometry) for area in areas]
        )

    def at(self, lat: float, long: float) -> frozenset[str]:
        """What kinds of ground a point lies on; several when areas overlap."""
        point = self._shapely.Point(long, lat)
        found = self._tree.query(point, predicate="intersects")
        return frozenset(self._kinds[int(number)] for number in found)
