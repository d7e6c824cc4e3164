"""The pieces of words, looked up all at once and remembered."""

import numpy as np

from shared.classifier.pieces import Pieces, codes_of, pairs_of, pieces_of

TEXT = ["die", "laterne", "an", "der", "laterne", "ist", "aus"]
KNOWN = np.array(
    sorted({*codes_of(pieces_of("laterne")), *codes_of(["an=der", "=aus", "xyz"])}),
    dtype=np.uint32,
)


def alone(codes):
    return [int(np.searchsorted(KNOWN, code)) for code in codes if code in KNOWN]


def test_words_looked_up_together_are_found_as_each_alone():
    found = Pieces(KNOWN).of_words(TEXT)

    assert [each.tolist() for each in found] == [
        alone(codes_of(pieces_of(word))) for word in TEXT
    ]


def test_a_text_has_the_pieces_of_its_words_and_of_neighbours():
    found = Pieces(KNOWN).of_text(TEXT)

    words = [place for word in TEXT for place in alone(codes_of(pieces_of(word)))]
    assert sorted(found.tolist()) == sorted(words + alone(codes_of(pairs_of(TEXT))))


def test_nothing_has_no_pieces():
    assert Pieces(KNOWN).of_text([]).tolist() == []


def test_a_full_memory_forgets_and_finds_again():
    looked_up = Pieces(KNOWN, most=3)

    first = [each.tolist() for each in looked_up.of_words(TEXT)]

    assert [each.tolist() for each in looked_up.of_words(TEXT)] == first
