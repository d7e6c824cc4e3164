"""Where a text turns to another matter."""

import pytest

from shared.city.models import Vocabulary
from tests.unit.city.essen import essen


def cut(text, language="de"):
    """Its stretches; those that are announced with a plus before them."""
    return [
        f"+{stretch.text}" if stretch.announced else stretch.text
        for stretch in essen().joins.cut(text, language)
    ]


def test_sentences_and_lines_are_stretches_and_scraps_are_none():
    text = "Guten Tag! Die Laterne dort ist kaputt. Gegenüber liegt ein Sofa\nDanke."

    assert cut(text) == ["Die Laterne dort ist kaputt.", "Gegenüber liegt ein Sofa"]


def test_a_full_stop_before_a_number_ends_nothing():
    text = "Vor Haus Nr. 5 brennt nichts"

    assert cut(text) == [text]


@pytest.mark.parametrize(
    "mark", ["- {}\n- {}", "1. {}\n2. {}", "1) {} , 2) {}", "a) {}. b) {}"]
)
def test_the_entries_of_a_list_are_announced(mark):
    one, two = "Die Laterne ist kaputt", "Der Gully ist verstopft"

    found = cut(mark.format(one, two))

    assert [each.rstrip(" .,") for each in found] == [f"+{one}", f"+{two}"]


def test_a_dash_within_a_line_is_no_list():
    text = "Die Laterne ist kaputt - bitte bald reparieren"

    assert cut(text) == [text]


def test_a_joining_word_cuts_a_sentence_and_announces_the_rest():
    text = "Die Laterne dort ist kaputt, außerdem ist der Gully verstopft"

    assert cut(text) == [
        "Die Laterne dort ist kaputt,",
        "+außerdem ist der Gully verstopft",
    ]


@pytest.mark.parametrize(
    "text",
    ["Zudem ist der Gully verstopft", "Der Gully hier ist ebenfalls defekt"],
)
def test_a_joining_word_at_an_edge_only_announces(text):
    assert cut(text) == [f"+{text}"]


def test_each_language_has_joining_words_of_its_own():
    english = "The light is also broken here"

    assert cut(english, "en") == [f"+{english}"]
    assert cut("Also das Licht ist kaputt") == ["Also das Licht ist kaputt"]


def test_a_pack_may_do_without_joining_words():
    assert Vocabulary(services={}, danger={}, harmless=(), negations=()).joins == ()


def test_a_joining_word_is_a_word():
    with pytest.raises(ValueError, match="joins"):
        Vocabulary(services={}, danger={}, harmless=(), negations=(), joins=["zudem*"])
