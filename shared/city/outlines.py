"""
Makes a pack's `quarters.geojson` from the city's official outlines.

`python -m shared.city.outlines SOURCE TARGET ATTRIBUTION` simplifies all quarters
together, so that neighbours keep their common border, and rounds to about ten metres.
"""

import json
import sys
from math import cos, radians
from pathlib import Path
from typing import Any

import numpy as np
import shapely

METRES_PER_DEGREE = 111_320
TOLERANCE_METRES = 30
DECIMALS = 4


def simplified(outlines: list[Any], tolerance: float = TOLERANCE_METRES) -> list[Any]:
    """Fewer corners, within *tolerance* metres, the same on both sides of a border."""
    latitude = shapely.unary_union(outlines).centroid.y
    metres = np.array([METRES_PER_DEGREE * cos(radians(latitude)), METRES_PER_DEGREE])
    flat = shapely.transform(np.array(outlines), lambda points: points * metres)
    coarse = shapely.coverage_simplify(flat, tolerance)
    back = shapely.transform(coarse, lambda points: np.round(points / metres, DECIMALS))
    return [shapely.make_valid(outline) for outline in back]


def pack_outlines(source: dict[str, Any], attribution: str) -> dict[str, Any]:
    """The pack's collection: quarter, district and a light outline of each."""
    features = sorted(
        source["features"], key=lambda feature: feature["properties"]["stadtteil"]
    )
    shapes = simplified([shapely.geometry.shape(f["geometry"]) for f in features])
    return {
        "type": "FeatureCollection",
        "attribution": attribution,
        "features": [
            {
                "type": "Feature",
                "properties": {
                    "quarter": feature["properties"]["stadtteil"],
                    "district": int(feature["properties"]["stadtbezirk"]),
                },
                "geometry": json.loads(shapely.to_geojson(shape)),
            }
            for feature, shape in zip(features, shapes, strict=True)
        ],
    }


def main(source: Path, target: Path, attribution: str) -> None:
    """Write *target*, one quarter a line, so that a change can be read."""
    made = pack_outlines(json.loads(source.read_text("utf-8")), attribution)
    quarters = ",\n".join(
        json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
        for feature in made["features"]
    )
    head = {key: made[key] for key in ("type", "attribution")}
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    target.write_text(f'{opening}, "features": [\n{quarters}\n]}}\n', "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
