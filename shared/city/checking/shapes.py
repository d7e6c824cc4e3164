"""Which file of a pack must look how."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from shared.city.emergency import Emergency
from shared.city.instead import Signpost
from shared.city.models import (
    Department,
    Part,
    Profile,
    Spot,
    Vocabulary,
)
from shared.city.places import PLACES
from shared.city.routes import Route
from shared.city.service import Service


class QuarterProperties(Part):
    """What a quarter's outline is of."""

    quarter: str = Field(min_length=1)
    district: int


class AreaProperties(BaseModel):
    """What an area is; a city may write down more about it."""

    model_config = ConfigDict(frozen=True, extra="allow")

    kind: str = Field(min_length=1, description="park, private, railway, water …")


class Geometry(BaseModel):
    """An outline; whether its points make one is looked at apart."""

    type: Literal["Polygon", "MultiPolygon"]
    coordinates: list[Any]


class QuarterFeature(BaseModel):
    """A quarter on the map."""

    type: Literal["Feature"]
    properties: QuarterProperties
    geometry: Geometry


class AreaFeature(BaseModel):
    """An area on the map."""

    type: Literal["Feature"]
    properties: AreaProperties
    geometry: Geometry


class QuarterCollection(BaseModel):
    """`quarters.geojson`."""

    type: Literal["FeatureCollection"]
    attribution: str = Field(description="Whose facts they are.")
    features: tuple[QuarterFeature, ...] = Field(min_length=1)


class AreaCollection(BaseModel):
    """`areas.geojson`."""

    type: Literal["FeatureCollection"]
    attribution: str = Field(description="Whose facts they are.")
    features: tuple[AreaFeature, ...]


WORDS = "words"
SHAPES: Mapping[str, TypeAdapter[Any]] = {
    "city.yaml": TypeAdapter(Profile),
    "departments.yaml": TypeAdapter(tuple[Department, ...]),
    "services.yaml": TypeAdapter(tuple[Service, ...]),
    "spots.yaml": TypeAdapter(tuple[Spot, ...]),
    "routes.yaml": TypeAdapter(tuple[Route, ...]),
    "quarters.geojson": TypeAdapter(QuarterCollection),
    "instead.yaml": TypeAdapter(tuple[Signpost, ...]),
    "emergency.yaml": TypeAdapter(Emergency),
    "places.yaml": PLACES,
    "areas.geojson": TypeAdapter(AreaCollection),
}
"""Every file but the tables and the words."""
VOCABULARY: TypeAdapter[Any] = TypeAdapter(Vocabulary)
OPTIONAL = frozenset(
    {"places.yaml", "areas.geojson", "routes.yaml", "instead.yaml", "emergency.yaml"}
)
STREETS = "streets.csv"


def schemas() -> dict[str, dict[str, Any]]:
    """A JSON Schema for each kind of file, for editors."""
    shapes = {**SHAPES, WORDS: VOCABULARY}
    return {name.split(".")[0]: shape.json_schema() for name, shape in shapes.items()}
