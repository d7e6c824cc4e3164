"""Whether everything in a pack lies where it says, and in the city."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import shapely
from pydantic import TypeAdapter, ValidationError

from shared.city.checking.documents import Document, Mistake
from shared.city.checking.names import unknown
from shared.city.checking.shapes import STREETS
from shared.city.streets import COMMENT, Stretch

STRETCH = TypeAdapter(Stretch)


def misplaced(
    documents: Mapping[str, Document], quarters: set[str]
) -> Iterator[Mistake]:
    """Outlines that are none, and places outside the city or in no quarter of it."""
    for name in ("quarters.geojson", "areas.geojson"):
        if name in documents:
            yield from _outlines(documents[name])
    spots = documents["spots.yaml"]
    for at, spot in enumerate(spots.model or ()):
        if message := unknown("quarter", spot.quarter, quarters):
            yield spots.mistake((at, "quarter"), message)
    city = hull(documents["quarters.geojson"])
    for name in ("spots.yaml", "places.yaml"):
        document = documents.get(name)
        if document and city is not None:
            yield from _outside(document, city)


def wrong_streets(folder: Path, quarters: set[str]) -> Iterator[Mistake]:
    """Lines of the table of streets that cannot be read or name no quarter."""
    file = folder / STREETS
    if not file.exists():
        return
    columns = [field.name for field in fields(Stretch)]
    lines = [
        (number, line)
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1)
        if not line.startswith(COMMENT)
    ]
    header = next(csv.reader(line for _, line in lines[:1]), [])
    if header != columns:
        wanted = ",".join(columns)
        yield Mistake(STREETS, lines[0][0] if lines else 1, "", f"no header {wanted}")
        return
    for number, line in lines[1:]:
        row = dict(zip(columns, next(csv.reader([line]), []), strict=False))
        yield from _street(number, row, quarters)


def _street(number: int, row: dict[str, str], quarters: set[str]) -> Iterator[Mistake]:
    try:
        stretch = STRETCH.validate_python(row)
        stretch.holds(1)
    except ValidationError as error:
        for each in error.errors(include_url=False):
            yield Mistake(STREETS, number, str(each["loc"][0]), each["msg"])
    except ValueError:
        yield Mistake(STREETS, number, "numbers", "are no runs like 1-9 2-4")
    else:
        if message := unknown("quarter", stretch.quarter, quarters):
            yield Mistake(STREETS, number, "quarter", message)


def _outlines(document: Document) -> Iterator[Mistake]:
    for at, feature in enumerate(document.model.features if document.model else ()):
        if _shape(feature.geometry) is None:
            path = ("features", at, "geometry", "coordinates")
            yield document.mistake(path, "these points make no outline")


def _shape(geometry: Any) -> Any:
    try:
        shape = shapely.geometry.shape(geometry.model_dump())
    except (ValueError, TypeError, IndexError, shapely.errors.ShapelyError):
        return None
    return shape if shape.is_valid and not shape.is_empty else None


def hull(document: Document) -> Any:
    """A box around the city; None when the map is broken."""
    features: Iterable[Any] = document.model.features if document.model else ()
    shapes = [_shape(feature.geometry) for feature in features]
    known = [shape for shape in shapes if shape is not None]
    return shapely.union_all(known).envelope if known else None


def _outside(document: Document, city: Any) -> Iterator[Mistake]:
    for at, entry in enumerate(document.model or ()):
        if not city.intersects(shapely.Point(entry.long, entry.lat)):
            yield document.mistake((at, "lat"), "the point is not in the city")
