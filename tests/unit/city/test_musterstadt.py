"""Is a city only data?"""

import pytest

from shared.city.checking.check import check
from shared.city.geocoding.found import Found
from shared.city.pack import load_city
from shared.city.words import read
from tests.unit.city.essen import PACK, essen

MUSTERSTADT = PACK.parent / "musterstadt"


@pytest.fixture(scope="module")
def town():
    return load_city(MUSTERSTADT, read=True, locate=True, geocode=True)


def test_another_city_is_another_folder(town):
    assert (town.id, essen().id) == ("musterstadt", "essen")
    assert set(town.services) < set(essen().services)
    assert check(MUSTERSTADT) == []


def test_its_own_departments_act(town):
    assert read("Die Laterne ist aus", town).department == "works"
    assert read("Der Vater schlägt sein Kind", town).lane == "confidential"
    assert read("Es brennt!", town).department == "public-order"


def test_its_own_places_are_found(town):
    found = town.geocoder.find("Bahnhofstr. 45, 99999 Musterstadt")

    assert isinstance(found, Found)
    assert (found.quarter, found.matched) == ("Neustadt", "Bahnhofstraße")
    assert town.areas_at(found.lat, found.long) == frozenset()
    assert town.quarter_of(51.4589, 7.0147) is None
