"""Is a city only data?"""

import pytest

from shared.city.checking.check import check
from shared.city.geocoding.found import Found
from shared.city.pack import load_city
from shared.classifier.reader import Reader
from tests.unit.city.essen import PACK, essen, reader

MUSTERSTADT = PACK.parent / "musterstadt"


@pytest.fixture(scope="module")
def town():
    return load_city(MUSTERSTADT, read=True, locate=True, geocode=True)


def test_another_city_is_another_folder(town):
    assert (town.id, essen().id) == ("musterstadt", "essen")
    assert set(town.services) < set(essen().services)
    assert check(MUSTERSTADT) == []


def test_its_own_departments_act(town):
    read = Reader(town, reader().model).read

    assert read("Die Laterne ist aus").department == "works"
    assert read("Der Vater schlägt sein Kind").lane == "confidential"
    assert read("Es brennt im Keller!").department == "public-order"


def test_its_own_places_are_found(town):
    found = town.geocoder.find("Bahnhofstr. 45, 99999 Musterstadt")

    assert isinstance(found, Found)
    assert (found.quarter, found.matched) == ("Neustadt", "Bahnhofstraße")
    assert town.areas_at(found.lat, found.long) == frozenset()
    assert town.quarter_of(51.4589, 7.0147) is None
