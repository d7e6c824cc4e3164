"""How many addresses with realistic slips lead to the right place, and how fast."""

import time

import pytest

from shared.city.addresses import read_addresses
from shared.city.gazetteer import Gazetteer
from shared.city.geocoding.found import Found, metres
from shared.city.geocoding.surveying import surveyed
from shared.city.importing.addresses import read_houses, write_addresses
from shared.city.importing.columns import ADDRESS_COLUMNS
from tests.unit.city.essen import by_streets, essen, public_data
from tests.unit.city.misspelling import misspelt

COUNT = 1000


@pytest.fixture(scope="module")
def written():
    return misspelt(public_data("essen/addresses.csv.gz"), COUNT)


@pytest.fixture
def streets_alone():
    return by_streets()


@pytest.fixture(scope="module")
def with_addresses(tmp_path_factory):
    """The pack with the official list imported beside it, as the command does it."""
    file = tmp_path_factory.mktemp("pack") / "addresses.csv.gz"
    source = public_data("essen/addresses.csv.gz")
    write_addresses(read_houses(source, ADDRESS_COLUMNS), file, "")
    gazetteer = Gazetteer(essen().gazetteer.folder)
    vars(gazetteer)["addresses"] = read_addresses(file)
    return surveyed(essen().model_copy(update={"gazetteer": gazetteer}))


def test_misspelt_addresses_are_found_within_150_metres(written, with_addresses):
    near = sum(
        metres(found.lat, found.long, each.lat, each.long) <= 150
        for each in written
        if isinstance(found := with_addresses.find(each.written), Found)
    )

    assert near / COUNT >= 0.95


def test_misspelt_addresses_are_in_the_right_quarter_by_streets_alone(
    written, streets_alone
):
    right = sum(
        found.quarter == each.quarter
        for each in written
        if isinstance(found := streets_alone.find(each.written), Found)
    )

    assert right / COUNT >= 0.90


@pytest.mark.parametrize("which", ["with_addresses", "streets_alone"])
def test_an_address_is_found_in_a_millisecond(request, written, which):
    geocoder = request.getfixturevalue(which)
    runs = []

    for _ in range(3):
        start = time.process_time()
        for each in written:
            geocoder.find(each.written)
        runs.append(time.process_time() - start)

    assert min(runs) / COUNT < 0.001


def test_a_house_is_found_exactly_and_a_missing_one_by_its_neighbour(with_addresses):
    house = with_addresses.find("Rüttenscheider Straße 200")
    missing = with_addresses.find("Altendorfer Straße 12")

    assert (house.kind, house.matched) == ("address", "Rüttenscheider Straße 200")
    assert missing.matched in {"Altendorfer Straße 11", "Altendorfer Straße 14"}
    assert missing.confidence < house.confidence


def test_a_crossing_is_between_the_houses_at_its_corner(with_addresses):
    found = with_addresses.find("Ecke Gladbecker/Grillostr.")
    corner = with_addresses.find("Grillostraße 1")

    assert found.kind == "crossing"
    assert metres(found.lat, found.long, corner.lat, corner.long) < 500
