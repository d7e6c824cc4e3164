"""What a reader says of a text, and what it leaves out."""

from dataclasses import replace

import pytest

from tests.unit.city.essen import read, reader


@pytest.mark.parametrize("text", ["", "…!?", "👍👍"])
def test_a_text_without_a_word_speaks_for_nothing(text):
    reading = read(text)

    assert (reading.guess, dict(reading.shares)) == (None, {})
    assert (reading.department, reading.confidence) == ("moderation", 0.0)
    assert not reading.urgent


def test_the_shares_of_all_services_are_known():
    reading = read("Die Straßenlaterne ist defekt")

    assert max(reading.shares, key=reading.shares.__getitem__) == "street-light"
    assert sum(reading.shares.values()) == pytest.approx(1)


def test_without_reasons_a_text_is_read_alike():
    text = "Sperrmüll am Spielplatz, daneben liegen Scherben"

    assert reader().read(text, reasons=False) == replace(read(text), words=())


def test_the_words_that_speak_most_for_a_service_come_first():
    assert "laterne" in read("Hallo, gestern Abend war die Laterne wieder aus").words
