"""Do the words of a report name whom to ask instead of the city?"""

import json

import pytest

from shared.city.instead import Signpost, Signposts
from shared.city.spelling import plain
from tests.unit.city.essen import PACK, essen


def found(text):
    signpost = essen().signposts.find(plain(text))
    return signpost and signpost.id


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("Der Aufzug am Bahnsteig ist kaputt, die Deutsche Bahn tut nichts", "railway"),
        ("Schlaglöcher auf der A40, da muss die Autobahn GmbH ran", "motorway"),
        ("Auf der Landstraße fehlt ein Leitpfosten, Straßen NRW?", "state-roads"),
        ("Der Busfahrer war unfreundlich, bitte an die Ruhrbahn", "local-transport"),
        ("Seit Montag kein Internet, Vodafone vertröstet mich nur", "telecom"),
        ("Посылку не доставили, DHL не отвечает.", "post"),
        ("Meine Stromrechnung ist zu hoch", "supplier"),
        ("My landlord does not give me back my deposit", "landlord"),
        ("Streit mit Nachbar wegen Zaun", "arbitration"),
        ("Mein Fahrrad wurde gestohlen, ich will Anzeige erstatten", "police"),
        ("Das Jobcenter zahlt mein Bürgergeld nicht", "jobcenter"),
        ("Die Sparkasse hat mein Konto gesperrt", "consumer-advice"),
        ("Auf dem Kundenparkplatz von Rewe ist es dreckig", "shop"),
        ("Wann hat der Recyclinghof auf?", "recycling"),
        ("Ein entlaufener Hund, das Tierheim geht nicht ran", "animals"),
        ("Können Sie dem Sender schreiben?", None),
    ],
)
def test_words_name_whom_to_ask(text, instead):
    assert found(text) == instead


def test_most_of_what_is_not_the_citys_business_finds_somebody():
    cases = map(json.loads, (PACK / "cases.jsonl").read_text("utf-8").splitlines())
    texts = [
        case["text"]
        for case in cases
        if case["expect"].get("service") == "not-the-city"
    ]

    assert sum(found(text) is not None for text in texts) >= 0.8 * len(texts)


def test_of_equals_the_first_of_the_pack_is_named():
    def a_signpost(id_, *words):
        said = {"de": id_}
        return Signpost(id=id_, name=said, what=said, words=words)

    first, second = a_signpost("a", "bus"), a_signpost("b", "zug", "bahn*")
    signposts = Signposts([first, second])

    assert signposts.find(plain("Bus und Zug")) == first
    assert signposts.find(plain("Bus und Zug der Bahnen")) == second
    assert Signposts([]).find(plain("Bus")) is None


@pytest.mark.parametrize("signpost", essen().instead.values(), ids=lambda s: s.id)
def test_an_entry_says_in_two_languages_who_it_is_and_what_for(signpost):
    assert set(signpost.name) == set(signpost.what) == {"de", "en"}
    assert signpost.said("en").startswith(signpost.name["en"])
