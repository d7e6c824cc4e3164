"""From an address or a text to a point of the city."""

from collections.abc import Iterable, Sequence
from itertools import combinations

from shared.city.geocoding.candidates import candidates
from shared.city.geocoding.crossing import Meeting, meeting
from shared.city.geocoding.found import Found, NotFound
from shared.city.geocoding.hints import QuarterNames
from shared.city.geocoding.index import NameIndex
from shared.city.geocoding.ranking import Answer, chosen, ranked
from shared.city.geocoding.reading import Question, read
from shared.city.geocoding.survey import Survey
from shared.city.places import Place
from shared.city.streets import by_street

LEAST_SCORE = 0.6
MOST_CORNERS = 8
"""Streets among which the two of a crossing are looked for."""
MEETS_METRES = 300
QUARTER_ONLY = 0.2


class Geocoder:
    """Finds the point that words name. The same words always give the same point."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._quarters = QuarterNames(survey.city, survey.quarters)
        places = [
            (name, place)
            for place in survey.places
            for name in (place.name, *place.also)
        ]
        self._index = NameIndex([*by_street(survey.streets).items(), *places])

    def find(self, address: str) -> Found | NotFound:
        """The point that an address names, or why there is none."""
        return self._answer(read(address))

    def find_in(self, text: str) -> Found | NotFound:
        """
        The point that a text names by the way.

        Most of its words are no place, so only whole and nearly whole names count.
        """
        return self._answer(read(text, address=False))

    def _answer(self, question: Question) -> Found | NotFound:
        if not question.words:
            return NotFound("empty")
        city = self._quarters.city_in(question)
        if not city and self._survey.surroundings.outside(question):
            return NotFound("outside")
        hints = self._quarters.find(question)
        found = [
            each
            for each in candidates(question, self._index, hints, city)
            if each.score >= LEAST_SCORE
        ]
        answers = ranked(question, found, hints, self._survey)
        return (
            self._corner(question, answers)
            or chosen(answers, self._survey)
            or self._quarter(quarters for _, _, quarters in hints)
            or NotFound("unknown")
        )

    def _corner(self, question: Question, answers: Sequence[Answer]) -> Found | None:
        """Where two of the streets meet, if no house number says it better."""
        if not (question.crossing or question.brief):
            return None
        streets = [answer for answer in answers if not isinstance(answer.goal, Place)][
            :MOST_CORNERS
        ]
        if not streets or streets[0].number:
            return None
        pairs = [
            (one, other)
            for one, other in combinations(streets, 2)
            if one.goal != other.goal and not one.candidate.overlaps(other.candidate)
        ]
        for one, other in sorted(pairs, key=lambda pair: -_score(*pair)):
            if corner := self._meeting(one, other):
                return self._at(corner, one, other)
        return None

    def _at(self, corner: Meeting, one: Answer, other: Answer) -> Found:
        where = corner.lat, corner.long
        return Found(
            *where,
            self._survey.quarter_of(*where),
            corner.confidence * min(_score(one, other), 1),
            "crossing",
            f"{one.candidate.match.name} / {other.candidate.match.name}",
        )

    def _meeting(self, one: Answer, other: Answer) -> Meeting | None:
        if isinstance(one.goal, Place) or isinstance(other.goal, Place):
            return None
        found = meeting(one.goal, other.goal, self._survey.addresses)
        return found if found and found.gap <= MEETS_METRES else None

    def _quarter(self, named: Iterable[frozenset[str]]) -> Found | None:
        """The middle of the only quarter that is named: better than nothing."""
        quarters = frozenset[str]().union(*named)
        if len(quarters) != 1:
            return None
        (quarter,) = quarters
        where = self._survey.quarters[quarter]
        return Found(*where, quarter, QUARTER_ONLY, "quarter", quarter)


def _score(one: Answer, other: Answer) -> float:
    """How likely two streets are both meant."""
    return (one.score + other.score) / 2
