"""Which of the candidates is meant, by number and quarter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from shared.city.geocoding.candidates import Candidate
from shared.city.geocoding.found import Found, metres
from shared.city.geocoding.hints import Hints
from shared.city.geocoding.index import Goal
from shared.city.geocoding.pointing import has_number, on_street
from shared.city.geocoding.reading import Question
from shared.city.geocoding.survey import Survey
from shared.city.places import Place

NUMBER_FITS, NUMBER_BESIDE, QUARTER_FITS = 0.05, 0.02, 0.06
CLOSE_RACE = 0.12
"""Who is further behind cannot win by number and quarter."""
TIE, TIE_METRES, TIED = 0.03, 500, 0.6
PLACE_SURE = 0.85


@dataclass(frozen=True, slots=True)
class Answer:
    """A candidate with the house number and the quarters that stand beside it."""

    candidate: Candidate
    number: tuple[int, str] | None
    quarters: frozenset[str]
    score: float

    @property
    def goal(self) -> Goal:
        """The street or place."""
        return self.candidate.match.goal

    def point(self, survey: Survey) -> Found:
        """Where it is; surer the better the name fits."""
        goal = self.goal
        if isinstance(goal, Place):
            quarter = survey.quarter_of(goal.lat, goal.long)
            found = Found(goal.lat, goal.long, quarter, PLACE_SURE, "place", goal.name)
        else:
            found = on_street(goal, self.number, self.quarters, survey.addresses)
        return replace(found, confidence=found.confidence * min(self.score, 1))


def ranked(
    question: Question, found: Sequence[Candidate], hints: Hints, survey: Survey
) -> list[Answer]:
    """The candidates in the order in which they are likely meant."""
    best = max((each.score for each in found), default=0)
    answers = [
        _answer(question, each, hints, survey)
        for each in found
        if question.crossing or each.score >= best - CLOSE_RACE
    ]
    return sorted(answers, key=lambda answer: -answer.score)


def chosen(answers: Sequence[Answer], survey: Survey) -> Found | None:
    """The first, less sure when another one far away is as likely."""
    if not answers:
        return None
    first = answers[0].point(survey)
    rivals: Iterable[Found] = (
        answer.point(survey)
        for answer in answers[1:]
        if answer.score >= answers[0].score - TIE and answer.goal != answers[0].goal
    )
    if any(
        metres(first.lat, first.long, rival.lat, rival.long) > TIE_METRES
        for rival in rivals
    ):
        return replace(first, confidence=first.confidence * TIED)
    return first


def _answer(
    question: Question, candidate: Candidate, hints: Hints, survey: Survey
) -> Answer:
    number = question.number_after(candidate.end)
    if number is None and question.brief:
        number = question.number_before(candidate.start)
    beside = [
        quarters
        for start, end, quarters in hints
        if end <= candidate.start or candidate.end <= start
    ]
    meant = frozenset[str]().union(*beside)
    score = candidate.score + _support(candidate.match.goal, number, meant, survey)
    return Answer(candidate, number, meant, score)


def _support(
    goal: Goal,
    number: tuple[int, str] | None,
    meant: frozenset[str],
    survey: Survey,
) -> float:
    """What the number and the quarter say for or against a street."""
    if isinstance(goal, Place):
        return 0.0
    support = NUMBER_BESIDE if number else 0.0
    if number and has_number(goal, number[0], survey.addresses):
        support += NUMBER_FITS
    if meant:
        fits = any(stretch.quarter in meant for stretch in goal)
        support += QUARTER_FITS if fits else -QUARTER_FITS
    return support
