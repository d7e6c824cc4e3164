"""Which names of the city a question may mean, and how well each fits."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from shared.city.geocoding.hints import Hints
from shared.city.geocoding.index import LONGEST, MOST_SLIPS, Match, NameIndex
from shared.city.geocoding.keys import STREET, key
from shared.city.geocoding.reading import Question, weight
from shared.city.places import Place

MOST_GUESSES = 6
LONGEST_GUESS = 5
LEAST_WEIGHT = 2
UNNAMED_LIMIT = 24
"""More letters around a name say nothing more against it."""
LIKENESS_SHARE = 0.6
GOOD_ENOUGH = 0.97
ENDINGS = (STREET, "weg", "platz", "ale", "ring", "markt", "ufer", "park", "berg")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name found from one word of the question to another."""

    start: int
    end: int
    match: Match
    score: float

    def overlaps(self, other: "Candidate") -> bool:
        """Whether both are made of the same words."""
        return self.start < other.end and other.start < self.end


def candidates(
    question: Question, index: NameIndex, hints: Hints, ignored: frozenset[int]
) -> list[Candidate]:
    """What the question may mean; guesses only where no whole name explains it."""
    named = {at for first, last, _ in hints for at in range(first, last)} | ignored
    weights = [
        0 if at in named else weight(word) for at, word in enumerate(question.words)
    ]
    known = [
        _scored(start, end, match, weights)
        for start, end in _windows(question)
        if index.begins(question.words[start:end])
        for match in _known(question, index, start, end)
    ]
    if max((each.score for each in known), default=0) >= GOOD_ENOUGH:
        return known
    guessed = [
        _scored(start, end, match, weights)
        for start, end in _guessable(question, weights)
        for match in _guesses(question, index, start, end)
    ]
    return known + guessed


def _windows(question: Question) -> Iterator[tuple[int, int]]:
    words = question.words
    for start, first in enumerate(words):
        for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
            if words[end - 1].segment != first.segment:
                break
            yield start, end


def _known(
    question: Question, index: NameIndex, start: int, end: int
) -> Iterable[Match]:
    """Whole names, and short ones where an address is to be expected."""
    written = key(word.part for word in question.words[start:end])
    exact, shortened = index.exact(written), index.shortened(written)
    if question.brief:
        return [*exact, *shortened]
    plain = [
        match
        for match in exact
        if end - start > 1 or written.endswith(ENDINGS) or isinstance(match.goal, Place)
    ]
    corner = shortened if question.crossing else ()
    return [*plain, *(match for match in corner if " " in match.name)]


def _guesses(
    question: Question, index: NameIndex, start: int, end: int
) -> Iterator[Match]:
    """Names that look like what was written; "Straße" may be left out at a house."""
    written = key(word.part for word in question.words[start:end])
    yield from index.like(written, slips=MOST_SLIPS if question.brief else 1)
    if not written.endswith(ENDINGS) and (
        question.crossing or question.number_after(end)
    ):
        yield from index.like(written, ending=STREET)


def _guessable(question: Question, weights: Sequence[int]) -> Sequence[tuple[int, int]]:
    """The likeliest places of a misspelt name: before a number, with "Straße"."""
    found = [
        (start, end)
        for start, end in _windows(question)
        if _may_end(question, end)
        and end - start <= LONGEST_GUESS
        and sum(weights[start:end]) >= LEAST_WEIGHT
        and not any(word.is_number for word in question.words[start + 1 : end])
    ]
    found.sort(key=lambda window: -_promise(question, weights, *window))
    return found[:MOST_GUESSES]


def _may_end(question: Question, end: int) -> bool:
    """In a text, only what looks like a street is worth a guess."""
    words = question.words
    if words[end - 1].part.endswith(ENDINGS):
        return True
    if not question.brief:
        return False
    last = end == len(words) or words[end].segment != words[end - 1].segment
    return last or question.number_after(end) is not None


def _promise(question: Question, weights: Sequence[int], start: int, end: int) -> float:
    last = question.words[end - 1].part
    return (
        sum(weights[start:end])
        + 10 * last.endswith(ENDINGS)
        + 10 * (question.number_after(end) is not None)
        - 2 * (weights[start] == 0)
    )


def _scored(start: int, end: int, match: Match, weights: Sequence[int]) -> Candidate:
    """
    How well a name fits: how alike it is, and how much of the question it explains.

    A word that only stands between counts when it is in the name: "Am Markt".
    """
    inside = len(match.name)
    outside = sum(weights[:start]) + sum(weights[end:])
    explained = inside / (inside + min(outside, UNNAMED_LIMIT))
    score = match.likeness * (LIKENESS_SHARE + (1 - LIKENESS_SHARE) * explained)
    return Candidate(start, end, match, score)
