"""The pack under test, loaded once, and where the public data lies beside us."""

from functools import cache
from pathlib import Path

import pytest

from shared.city.city import City
from shared.city.geocoding.found import Found
from shared.city.geocoding.geocoder import Geocoder
from shared.city.geocoding.surveying import surveyed
from shared.classifier.reader import Reader, open_reader
from shared.classifier.reading import Reading

ROOT = Path(__file__).parents[3]
PACK = ROOT / "deploy" / "cities" / "essen"
MODEL = ROOT / "deploy" / "model" / "base"
DATA = ROOT.parent / "shared" / "data"


@cache
def reader() -> Reader:
    return open_reader(PACK, MODEL)


def essen() -> City:
    return reader().city


def read(text: str) -> Reading:
    return reader().read(text)


@cache
def by_streets() -> Geocoder:
    """Knows the pack's streets alone, whatever lies beside it on this machine."""
    return surveyed(essen(), addresses=False)


def located(written: str) -> Found:
    """What the pack's streets alone find; that they find something is asserted."""
    found = by_streets().find(written)
    assert isinstance(found, Found), found
    return found


def public_data(name: str) -> Path:
    """A file of the public data; the test says so when it is not there."""
    file = DATA / name
    if not file.exists():
        pytest.skip(f"measured only where the public data is: {name} is absent")
    return file
