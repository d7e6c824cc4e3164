"""Makes a pack's `quarters.geojson` from the city's official outlines."""

import json
from collections.abc import Mapping
from math import cos, radians
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from shared.city.importing.columns import WrongList
from shared.city.place import METRES_PER_DEGREE

TOLERANCE_METRES = 30
DECIMALS = 4


def write_quarters(
    source: Path, target: Path, attribution: str, columns: Mapping[str, str]
) -> int:
    """Write *target*, one quarter a line, so that a change can be read."""
    made = pack_outlines(json.loads(source.read_text("utf-8")), attribution, columns)
    quarters = [
        json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
        for feature in made["features"]
    ]
    head = {key: made[key] for key in ("type", "attribution")}
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    lines = ",\n".join(quarters)
    target.write_text(f'{opening}, "features": [\n{lines}\n]}}\n', "utf-8")
    return len(quarters)


def pack_outlines(
    source: Mapping[str, Any], attribution: str, columns: Mapping[str, str]
) -> dict[str, Any]:
    """The pack's collection: quarter, district and a light outline of each."""
    try:
        named = {
            str(feature["properties"][columns["quarter"]]): feature
            for feature in source["features"]
        }
        features = [named[quarter] for quarter in sorted(named)]
        districts = [int(each["properties"][columns["district"]]) for each in features]
        shapes = simplified([shapely.geometry.shape(f["geometry"]) for f in features])
    except KeyError as error:
        raise WrongList(f"the outlines have no property {error}") from error
    return {
        "type": "FeatureCollection",
        "attribution": attribution,
        "features": [
            {
                "type": "Feature",
                "properties": {"quarter": quarter, "district": district},
                "geometry": json.loads(shapely.to_geojson(shape)),
            }
            for quarter, district, shape in zip(
                sorted(named), districts, shapes, strict=True
            )
        ],
    }


def simplified(outlines: list[Any], tolerance: float = TOLERANCE_METRES) -> list[Any]:
    """
    Fewer corners, within *tolerance* metres.

    All are simplified together, so that neighbours keep their common border.
    """
    latitude = shapely.unary_union(outlines).centroid.y
    metres = np.array([METRES_PER_DEGREE * cos(radians(latitude)), METRES_PER_DEGREE])
    flat = shapely.transform(np.array(outlines), lambda points: points * metres)
    coarse = shapely.coverage_simplify(flat, tolerance)
    back = shapely.transform(coarse, lambda points: np.round(points / metres, DECIMALS))
    return [shapely.make_valid(outline) for outline in back]
