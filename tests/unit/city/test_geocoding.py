"""Do the words for a place lead to it, however they are written?"""

import subprocess
import sys

import pytest

from shared.city.geocoding.found import Found, NotFound
from shared.city.geocoding.keys import key_of
from shared.city.geocoding.numerals import NUMERALS
from tests.unit.city.essen import PACK, ROOT, by_streets, essen, located


@pytest.mark.parametrize(
    "written",
    [
        "Altendorfer Straße",
        "Altendorfer Str.",
        "altendorferstr",
        "ALTENDORFER STRASSE",
        "altendorfer strase",
        "Altendorferstarße",
        "Alten-Dorfer Str",
    ],
)
def test_a_name_has_one_key_however_it_is_written(written):
    assert key_of(written) == "altendorferstr"


@pytest.mark.parametrize(
    ("written", "street", "quarter"),
    [
        ("Altendorfer Str. 12", "Altendorfer Straße", "Westviertel"),
        ("Altendorferstr 300a", "Altendorfer Straße", "Altendorf"),
        ("AltendorferStraße300", "Altendorfer Straße", "Altendorf"),
        ("altendrofer strase 300", "Altendorfer Straße", "Altendorf"),
        ("Altendorfer Straße zwölf", "Altendorfer Straße", "Westviertel"),
        ("12 Altendorfer Str.", "Altendorfer Straße", "Westviertel"),
        ("45127 Essen, Rutenscheider Str 10", "Rüttenscheider Straße", "Südviertel"),
        ("Ruettenscheider Str. 200", "Rüttenscheider Straße", "Rüttenscheid"),
        ("Rüttenscheider Str. (Südviertel)", "Rüttenscheider Straße", "Südviertel"),
        ("Essen-Steele, Bochumer Str. 20", "Bochumer Straße", "Steele"),
        ("Fr.-Ebert-Str. 12", "Friedrich-Ebert-Straße", "Stadtkern"),
        ("2. Hagen", "II. Hagen", "Stadtkern"),
        ("auf'm böntchen 3", "Auf'm Böntchen", "Frillendorf"),
        ("Limbecker Pl.", "Limbecker Platz", "Stadtkern"),
        ("gegenüber Gemarkenstr. Hausnummer 20", "Gemarkenstraße", "Holsterhausen"),
    ],
)
def test_an_address_leads_to_its_street_and_quarter(written, street, quarter):
    found = located(written)

    assert isinstance(found, Found)
    assert (found.matched, found.quarter) == (street, quarter)


def test_a_quarter_alone_is_better_than_nothing_and_not_sure():
    found = located("Essen-Kray")

    assert (found.kind, found.quarter, found.confidence) == ("quarter", "Kray", 0.2)
    assert essen().quarter_of(found.lat, found.long) == "Kray"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "empty"),
        (" ,;-", "empty"),
        ("Königstraße 5, 47051 Duisburg", "outside"),
        ("Duisburg", "outside"),
        ("Hauptstraße 5, 45468 Mülheim", "outside"),
        ("asdf qwertz", "unknown"),
        ("Bank kaputt", "unknown"),
        ("12", "unknown"),
        ("Ecke", "unknown"),
        ("x" * 4000, "unknown"),
    ],
)
def test_what_is_no_place_of_the_city_says_why(written, reason):
    assert by_streets().find(written) == NotFound(reason)


def test_a_street_named_after_a_neighbour_is_in_the_city():
    assert isinstance(by_streets().find("Duisburger Straße 5"), Found)
    assert isinstance(by_streets().find("Altendorfer Str. Richtung Mülheim"), Found)


def test_confidence_is_a_share_of_one_and_grows_with_what_is_known():
    vague = located("Altendorfer Straße")
    short = located("Gemarkenplatz")
    wrong = located("Gemrakenpltz")

    assert 0 < vague.confidence < short.confidence <= 1
    assert wrong.confidence < short.confidence


@pytest.mark.parametrize(
    ("spoken", "number"),
    [("eins", 1), ("zwolf", 12), ("einundzwanzig", 21), ("hundertdreiundvierzig", 143)],
)
def test_spoken_numbers_are_numbers(spoken, number):
    assert NUMERALS[spoken] == number


def test_who_asks_for_no_place_pays_nothing():
    code = (
        "import sys\n"
        "from shared.city.pack import load_city\n"
        f"city = load_city({str(PACK)!r})\n"
        "assert 'shared.city.geocoding.geocoder' not in sys.modules\n"
        "assert list(vars(city.gazetteer)) == ['folder'], vars(city.gazetteer)\n"
    )

    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)

    assert ran.returncode == 0
