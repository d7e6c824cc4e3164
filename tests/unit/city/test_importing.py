"""Do a city's own lists become the pack's map files?"""

import csv
import gzip
import json

import pytest

from shared.city.addresses import read_addresses
from shared.city.importing.addresses import read_houses, write_addresses
from shared.city.importing.columns import ADDRESS_COLUMNS, WrongList, renamed
from shared.city.importing.outlines import pack_outlines
from shared.city.importing.streets import read_stretches, write_streets
from shared.city.streets import full_name, read_streets
from tests.unit.city.essen import PACK, public_data

HEADER = "strname,hsnr,hsnrzu,lon,lat,stadtteil"
HOUSES = f"""{HEADER}
Lange Str.,,,7.0,51.4,Nord
Lange Str.,1,,7.0010,51.4010,Nord
Lange Str.,2,,7.0011,51.4011,Nord
Lange Str.,3,A,7.0020,51.4020,Nord
Lange Str.,4,,7.0021,51.4021,Süd
Lange Str.,5,,7.0030,51.4030,Süd
Ostpark,,,7.1000,51.5000,Süd
### Straßenname unbekannt,1,,7.0,51.4,Nord
Nirgendsweg,1,,7.0,51.4,
"""


@pytest.fixture
def houses(tmp_path):
    file = tmp_path / "houses.csv"
    file.write_text(HOUSES, "utf-8")
    return file


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("Aachener Str.", "Aachener Straße"),
        ("Abteistr.", "Abteistraße"),
        ("Adolf-Rath-Str.", "Adolf-Rath-Straße"),
        ("Straßburger  Str.", "Straßburger Straße"),
        ("Ostring", "Ostring"),
    ],
)
def test_street_is_written_out(name, full):
    assert full_name(name) == full


def test_a_street_says_which_numbers_lie_in_which_quarter(houses):
    long = [s for s in read_stretches(houses, {}) if s.street == "Lange Straße"]

    assert [(s.quarter, s.numbers) for s in long] == [("Nord", "1-3 2"), ("Süd", "5 4")]
    assert [s.quarter for s in long if s.holds(3)] == ["Nord"]


def test_a_street_without_houses_is_a_street_and_an_unknown_one_is_none(houses):
    assert {s.street for s in read_stretches(houses, {})} == {"Lange Straße", "Ostpark"}


def test_streets_written_are_the_streets_read(houses, tmp_path):
    stretches = read_stretches(houses, {})
    file = tmp_path / "streets.csv"

    count = write_streets(stretches, file, "Whose")

    assert count == 2
    assert list(read_streets(file)) == stretches
    assert file.read_text("utf-8").startswith("# Whose\n")


def test_a_list_of_streets_will_do_without_numbers(tmp_path):
    file = tmp_path / "list.csv"
    file.write_text(
        "strname,lon_median,lat_median,lon_min,lat_min,lon_max,lat_max,stadtteile\n"
        "Lange Str.,7.00123,51.40123,7.0001,51.4001,7.0029,51.4029,Nord:3|Süd:2\n"
    )

    first, second = read_stretches(file, {})

    assert (first.street, first.quarter, first.numbers) == ("Lange Straße", "Nord", "")
    assert (first.lat, first.long, first.south, first.east) == (
        51.4012,
        7.0012,
        51.4,
        7.003,
    )
    assert second.quarter == "Süd"


def test_a_city_may_call_its_columns_what_it_likes(tmp_path):
    file = tmp_path / "other.csv"
    file.write_text(
        "\ufeffStraße;Nr;Zusatz;Länge;Breite;Ortsteil\nAm Dorf;7;b;7,25;51,5;Mitte\n"
    )
    names = dict(
        zip(
            ("street", "number", "addition", "long", "lat", "quarter"),
            ("Straße", "Nr", "Zusatz", "Länge", "Breite", "Ortsteil"),
            strict=True,
        )
    )

    [(street, house)] = read_houses(file, renamed(ADDRESS_COLUMNS, names))

    assert street == "Am Dorf"
    assert tuple(house) == (7, "b", 51.5, 7.25, "Mitte")


def test_a_missing_column_is_named(houses):
    with pytest.raises(WrongList, match="hausnummer"):
        list(read_houses(houses, {**ADDRESS_COLUMNS, "number": "hausnummer"}))


def test_addresses_written_are_the_addresses_read(houses, tmp_path):
    file = tmp_path / "addresses.csv.gz"

    count = write_addresses(read_houses(houses, ADDRESS_COLUMNS), file, "Whose")

    found = read_addresses(file).of("Lange Straße")
    assert count == len(found) == 5
    assert (3, "a", 51.402, 7.002, "Nord") in found
    assert read_addresses(file).of("Kurze Straße") == ()
    assert gzip.decompress(file.read_bytes()).startswith(b"# Whose\n")


def test_neighbours_keep_their_common_border():
    def square(west, name):
        ring = [[west, 51], [west + 1, 51], [west + 1, 52], [west, 52], [west, 51]]
        return {
            "properties": {"name": name, "nr": "3"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }

    source = {"features": [square(8, "Ost"), square(7, "West")]}

    made = pack_outlines(source, "Whose", {"quarter": "name", "district": "nr"})

    ost, west = (f["geometry"]["coordinates"][0] for f in made["features"])
    assert {tuple(p) for p in ost} & {tuple(p) for p in west} == {(8, 51), (8, 52)}
    assert made["features"][0]["properties"] == {"quarter": "Ost", "district": 3}
    assert made["attribution"] == "Whose"


def test_outlines_without_the_property_say_so():
    source = {"features": [{"properties": {}, "geometry": {}}]}

    with pytest.raises(WrongList, match="stadtteil"):
        pack_outlines(source, "", {"quarter": "stadtteil", "district": "nr"})


def test_the_packs_streets_are_what_the_official_list_makes(tmp_path):
    file = tmp_path / "streets.csv"
    addresses = public_data("essen/addresses.csv.gz")
    attribution = (PACK / "streets.csv").read_text("utf-8").splitlines()[0]

    write_streets(read_stretches(addresses, {}), file, attribution.removeprefix("# "))

    assert file.read_bytes() == (PACK / "streets.csv").read_bytes()


def test_the_packs_streets_are_light_and_say_whose_they_are():
    text = (PACK / "streets.csv").read_text("utf-8")
    table = csv.DictReader(text.splitlines()[1:])

    assert len(text) < 300_000
    assert "DL-DE/BY-2.0" in text.splitlines()[0]
    assert not any("tr." in row["street"] for row in table)


def test_the_packs_areas_are_marked_as_examples():
    areas = json.loads((PACK / "areas.geojson").read_text("utf-8"))

    assert all(feature["properties"]["example"] for feature in areas["features"])
