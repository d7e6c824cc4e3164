"""Which department gets a report, and why."""

from datetime import datetime

import pytest

from services.router.rules import Where, decide
from shared.city.routes import Route
from shared.contracts.vocabulary import Lane
from tests.unit.city.essen import essen, read

NOON = datetime.fromisoformat("2026-03-02T12:00+01:00")
NIGHT = datetime.fromisoformat("2026-03-02T23:30+01:00")


def decided(text, asked=None, lane=Lane.NORMAL, *, areas=(), at=NOON, quarter=None):
    where = Where(quarter=quarter, areas=frozenset(areas), at=at)
    return decide(asked, lane, read(text), where, essen())


def test_what_the_reporter_chose_is_taken():
    decision = decided("Da liegt was.", asked="illegal-dumping")

    assert decision.department == "cleaning"
    assert decision.record.rule == "service.asked"
    assert decision.record.confidence == 1.0


def test_without_a_choice_the_words_decide_and_are_named():
    decision = decided("Die Straßenlaterne vor Haus 12 ist defekt")

    assert decision.department == "roads"
    assert decision.record.service_code == "street-light"
    assert decision.record.rule == "words"
    assert decision.record.words


@pytest.mark.parametrize("asked", ["other", None, "no-such-service"])
def test_a_choice_that_says_nothing_leaves_it_to_the_words(asked):
    assert decided("Die Straßenlaterne ist defekt", asked).department == "roads"


def test_what_nobody_understands_goes_to_moderation():
    decision = decided("Hm. Irgendwie so.")

    assert decision.department == "moderation"
    assert decision.record.rule == "unsure"


def test_confidential_words_win_over_a_cheerful_choice():
    decision = decided("Der Nachbar schlägt sein Kind jeden Tag", asked="green")

    assert decision.lane is Lane.CONFIDENTIAL
    assert decision.department in {"jugendamt", "asd"}


def test_a_confidential_service_that_was_chosen_is_confidential_whatever_the_words():
    decision = decided("Da. Es brennt!", asked="child-protection")

    assert decision.lane is Lane.CONFIDENTIAL
    assert decision.department == "jugendamt"


def test_danger_never_loses_to_a_cheerful_choice():
    decision = decided("Es brennt im Container!", asked="illegal-dumping")

    assert decision.lane is Lane.DANGER
    assert decision.department == "public-order"


def test_danger_that_intake_saw_is_kept():
    assert decided("Da liegt was.", "dirt", Lane.DANGER).lane is Lane.DANGER


def test_in_a_park_rubbish_is_the_park_keepers():
    decision = decided("Zwei Matratzen und Müllsäcke", areas=["park"])

    assert decision.department == "green"
    assert decision.record.service_code == "illegal-dumping"
    assert decision.record.rule == "route.park-rubbish"
    assert "Grün und Gruga" in decision.record.because


def test_a_route_may_make_it_another_matter():
    decision = decided("Graffiti an der Unterführung", areas=["railway"])

    assert decision.department == "moderation"
    assert decision.record.service_code == "not-the-city"


def test_what_is_not_the_citys_business_comes_with_whom_to_ask():
    decision = decided("Paket wurde nicht geliefert, DHL Bote hat nicht geklingelt.")

    assert decision.record.service_code == "not-the-city"
    assert "Den Wörtern nach: Deutsche Post, DHL" in decision.record.because


def test_words_of_others_say_nothing_where_the_city_acts():
    decision = decided("Die Straßenlaterne an der Haltestelle ist defekt")

    assert decision.department == "roads"
    assert "Den Wörtern nach" not in decision.record.because


def test_every_reason_with_whom_to_ask_is_short_enough_for_the_record():
    sentence = max(len(route.because) for route in essen().routes)
    beside = max(len(each.said("de")) for each in essen().instead.values())

    assert sentence + beside + len(" Den Wörtern nach: ") <= 500


def test_at_night_noise_is_promised_sooner():
    loud = "Laute Musik und Party, Ruhestörung"

    assert decided(loud, at=NIGHT).promised_days == 1
    assert decided(loud, at=NOON).promised_days is None


def test_danger_goes_to_who_is_fastest_wherever_it_is():
    decision = decided("Es brennt ein Müllcontainer!", areas=["park"])

    assert (decision.lane, decision.department) == (Lane.DANGER, "public-order")


def test_what_might_be_a_danger_is_read_by_a_person_first():
    reading = read("Da liegt was.")
    doubtful = type(reading)(**{**vars(reading), "doubtful": True})
    where = Where(quarter=None, areas=frozenset(), at=NOON)

    decision = decide(None, Lane.NORMAL, doubtful, where, essen())

    assert decision.department == "moderation"


def test_a_route_asks_for_something():
    with pytest.raises(ValueError, match="must ask"):
        Route(id="all", when={}, to="green", because="Immer.")
