"""Which department gets a report, and why."""

from functools import cache
from pathlib import Path

import pytest

from services.router.rules import decide, decide_again
from shared.city.pack import load_city
from shared.city.words import read
from shared.contracts.vocabulary import Lane

PACK = Path(__file__).parents[3] / "deploy/cities/essen"


@cache
def essen():
    return load_city(PACK)


def decided(text, asked=None, lane=Lane.NORMAL):
    return decide(asked, lane, read(text, essen()), essen())


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


def test_danger_is_seen_and_the_choice_still_taken():
    decision = decided("Es brennt im Container!", asked="illegal-dumping")

    assert decision.lane is Lane.DANGER
    assert decision.department == "cleaning"


def test_danger_that_intake_saw_is_kept():
    assert decided("Da liegt was.", "dirt", Lane.DANGER).lane is Lane.DANGER


def test_a_department_that_returns_may_say_whose_it_is():
    first = decided("Die Straßenlaterne ist defekt")

    again = decide_again("utilities", ("roads",), first, essen())

    assert again.department == "utilities"
    assert again.record.rule == "returned.wish"
    assert "hat abgegeben an: Stadtwerke" in again.record.because


def test_what_the_first_guess_returned_goes_to_the_next():
    first = decided("Die Straßenlaterne ist defekt")

    again = decide_again(None, ("roads",), first, essen())

    assert again.department != "roads"


def test_what_all_guesses_returned_goes_to_moderation():
    first = decided("Die Straßenlaterne ist defekt")

    again = decide_again(None, tuple(essen().departments), first, essen())

    assert again.department == "moderation"
    assert again.record.rule == "returned.nobody"


def test_a_wish_that_does_not_exist_is_no_wish():
    first = decided("Die Straßenlaterne ist defekt")

    assert decide_again("nasa", ("roads",), first, essen()).department != "nasa"
