"""Are crossings, well-known places and places named by the way found?"""

import pytest

from shared.city.geocoding.found import Found, NotFound, metres
from tests.unit.city.essen import by_streets, essen, located


@pytest.mark.parametrize(
    ("written", "one", "other"),
    [
        ("Ecke Gladbecker/Grillostr.", "Gladbecker Straße", "Grillostraße"),
        (
            "Kreuzung Rüttenscheider und Martinstraße",
            "Rüttenscheider Straße",
            "Martinstraße",
        ),
        ("Steeler Str. / Huttropstr.", "Steeler Straße", "Huttropstraße"),
        (
            "zwischen Hobeisenstraße und Gemarkenstr",
            "Hobeisenstraße",
            "Gemarkenstraße",
        ),
    ],
)
def test_two_streets_are_their_crossing(written, one, other):
    found = located(written)

    assert found.kind == "crossing"
    assert set(found.matched.split(" / ")) == {one, other}


def test_a_crossing_with_a_house_number_is_the_house():
    found = located("Gladbecker Str. 20 Ecke Grillostraße")

    assert found.kind == "street"
    assert found.matched == "Gladbecker Straße"


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("Spielplatz am Niederfeldsee", "Niederfeldsee"),
        ("Hbf", "Hauptbahnhof"),
        ("Uni-Klinik", "Universitätsklinikum"),
        ("im Gruga Park", "Grugapark"),
        ("Baldeneyse", "Baldeneysee"),
        ("Steele-Ost", "Bahnhof Steele Ost"),
    ],
)
def test_a_well_known_place_needs_no_address(written, place):
    found = located(written)

    assert (found.kind, found.matched) == ("place", place)


def test_every_place_is_found_by_each_of_its_names():
    missed = [
        name
        for place in essen().gazetteer.places
        for name in (place.name, *place.also)
        if isinstance(found := by_streets().find(name), NotFound)
        or metres(found.lat, found.long, place.lat, place.long) > 600
    ]

    assert missed == []


def test_every_place_is_in_the_city():
    outside = [
        place.name
        for place in essen().gazetteer.places
        if not essen().contains(place.lat, place.long)
    ]

    assert outside == []


@pytest.mark.parametrize(
    ("text", "matched"),
    [
        (
            "Seit Wochen liegt in der Altendorfer Straße gegenüber Hausnummer 45 Müll",
            "Altendorfer Straße",
        ),
        (
            "Auf der Altendorfer Straße in Fahrtrichtung Mülheim ist ein Schlagloch",
            "Altendorfer Straße",
        ),
        ("Am Grugapark hat jemand zwei alte Sofas abgestellt", "Am Grugapark"),
        ("Die Wege rund um den Niederfeldsee sind voller Scherben", "Niederfeldsee"),
    ],
)
def test_a_text_may_name_its_place_by_the_way(text, matched):
    found = by_streets().find_in(text)

    assert isinstance(found, Found)
    assert found.matched == matched


@pytest.mark.parametrize(
    "text",
    [
        "Müll am Wegrand",
        "Möbel und ein alter Schrank",
        "Das Rad steht seit Tagen an derselben Stelle",
        "Die Tonnen werden nicht geleert",
        "Löcher in der Straße",
        "Hallo, vor dem Haus Nummer 15 quillt eine Tonne über",
    ],
)
def test_a_text_without_a_place_names_none(text):
    assert by_streets().find_in(text) == NotFound("unknown")
