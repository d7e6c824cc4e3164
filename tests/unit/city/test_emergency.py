"""Does the pack say calmly whom to call in each danger?"""

from typing import get_args

import pytest

from shared.city.emergency import Kind
from shared.classifier.alarm import NEEDS
from tests.unit.city.essen import essen, read, reader

SPOKEN = {"de", "en", "tr", "ar", "uk", "ru"}
FIRST = {"112", "110"}


def emergency():
    said = essen().emergency
    assert said
    return said


def advice_for(kind):
    return emergency().advice(kind)


def numbers_for(kind):
    phones = emergency().numbers_of(advice_for(kind), essen().phone_numbers)
    return [phone.number for phone in phones]


def test_every_danger_that_is_told_apart_has_its_own_words():
    dangers = {kind for kind in reader().model.dangers.answers if kind != "none"}
    named = {name for v in essen().vocabularies.values() for name in v.danger}

    assert set(emergency().kinds) == set(get_args(Kind))
    assert dangers | named | set(NEEDS) == set(get_args(Kind))


@pytest.mark.parametrize("kind", [*get_args(Kind), None])
def test_advice_is_said_in_six_languages_and_names_the_first_number(kind):
    advice, numbers = advice_for(kind), numbers_for(kind)

    assert set(advice.text) == SPOKEN
    assert numbers[0] in FIRST
    assert all(numbers[0] in text for text in advice.text.values())
    assert all(len(text) <= 260 for text in advice.text.values())


def test_whom_to_talk_to_is_named_where_there_is_somebody():
    assert "0800 111 0 111" in numbers_for("suicide")
    assert "116 016" in numbers_for("violence-at-home")
    assert "116 111" in numbers_for("child")


def test_a_danger_that_nobody_knows_has_the_general_advice():
    assert advice_for("meteor") == advice_for(None) == emergency().general


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hilfe, im Keller brennt es!", "fire"),
        ("Im Treppenhaus riecht es stark nach Gas", "gas"),
        ("Ein Mann liegt bewusstlos auf dem Gehweg", "person"),
        ("Ich will nicht mehr leben", "suicide"),
        ("Der Vater schlägt sein Kind", "child"),
        ("Meine Frau wird von ihrem Mann geschlagen", "violence-at-home"),
        ("Die Laterne ist dunkel", None),
    ],
)
def test_a_reading_tells_which_danger_it_is(text, kind):
    assert read(text).danger_kind == kind
