"""Places that everybody knows without an address: parks, lakes, stations, squares."""

from pathlib import Path

import yaml
from pydantic import Field, TypeAdapter

from shared.city.models import Part


class Place(Part):
    """A well-known place and the names that people give it."""

    name: str
    kind: str
    also: tuple[str, ...] = Field(default=(), description="Other names of it.")
    lat: float = Field(ge=-90, le=90)
    long: float = Field(ge=-180, le=180)


PLACES = TypeAdapter(tuple[Place, ...])


def read_places(file: Path) -> tuple[Place, ...]:
    """A pack's `places.yaml`. Raises ValueError."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with file.open(encoding="utf-8") as stream:
        return PLACES.validate_python(yaml.load(stream, Loader=loader))  # noqa: S506
