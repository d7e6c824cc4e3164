"""Is a place in the quarter that the city says, and never said too exactly?"""

import csv
import gzip
import random

import pytest

from shared.city.place import rounded
from tests.unit.city.essen import PACK, essen, public_data


@pytest.mark.parametrize(
    ("lat", "long", "quarter"),
    [
        (51.4589, 7.0147, "Stadtkern"),
        (51.4379, 7.0043, "Rüttenscheid"),
        (51.5122, 7.0049, "Altenessen-Nord"),
        (51.3879, 7.0022, "Werden"),
    ],
)
def test_a_point_is_in_its_quarter(lat, long, quarter):
    assert essen().quarter_of(lat, long) == quarter


@pytest.mark.parametrize(("lat", "long"), [(52.52, 13.40), (0.0, 0.0), (7.01, 51.45)])
def test_a_point_elsewhere_is_not_in_the_city(lat, long):
    assert essen().quarter_of(lat, long) is None
    assert not essen().contains(lat, long)


def test_the_pack_has_fifty_quarters_in_nine_districts():
    assert len(essen().quarters) == 50
    assert set(essen().quarters.values()) == set(range(1, 10))


def test_the_outlines_are_light_and_say_whose_they_are():
    outlines = PACK / "quarters.geojson"

    assert outlines.stat().st_size < 120_000
    assert "DL-DE/BY-2.0" in outlines.read_text("utf-8")[:400]


def test_a_place_is_rounded_to_less_than_fifty_metres():
    lat, long = rounded(51.45123, 7.01234)

    assert abs(lat - 51.45123) * 111_320 <= 26
    assert abs(long - 7.01234) * 69_400 <= 26
    assert rounded(lat, long) == (lat, long)


def test_neighbours_share_a_rounded_place():
    assert rounded(51.45500, 7.01200) == rounded(51.45503, 7.01203)


def test_official_addresses_are_in_their_official_quarters():
    with gzip.open(public_data("essen/addresses.csv.gz"), "rt", encoding="utf-8") as f:
        addresses = random.Random(1).sample(list(csv.DictReader(f)), 10_000)

    right = sum(
        essen().quarter_of(float(row["lat"]), float(row["lon"])) == row["stadtteil"]
        for row in addresses
    )

    assert right / len(addresses) >= 0.97
