"""What the stretches of a report say, each decided as if it were the whole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.router.rules import LEFT_TO_WORDS, Decision, Where, decide
from shared.city.city import City
from shared.city.joins import Stretch
from shared.classifier.reader import Reader
from shared.classifier.reading import Reading
from shared.contracts.vocabulary import Lane

MOST_STRETCHES = 8
"""More are a story, in which things are named that nobody reports."""

SPOKEN = 0.15
"""So much must the whole text, too, speak of a matter that nothing announces."""


@dataclass(frozen=True)
class Matter:
    """
    A stretch of a report, decided as if it were the whole.

    ``spoken``: how much the whole text speaks of what its department does.
    """

    decision: Decision
    sureness: float
    spoken: float
    announced: bool

    @property
    def department(self) -> str:
        """Who acts on it."""
        return self.decision.department

    @property
    def urgent(self) -> bool:
        """Whether somebody is in danger here."""
        return self.decision.lane is Lane.DANGER


def matters_in(
    text: str, whole: Reading, where: Where, reader: Reader
) -> Iterator[Matter]:
    """
    The stretches of a text that are somebody's, or that nobody may overlook.

    Nothing at all if it is clear already that the text names one thing: most do, and
    reading costs time.
    """
    city = reader.city
    stretches = list(city.joins.cut(text, whole.language))
    spoken = _spoken(whole, city)
    if not _may_name_two(stretches, spoken):
        return
    for stretch in stretches:
        reading = reader.read(stretch.text, whole.language)
        decision = decide(None, Lane.NORMAL, reading, where, city)
        share = spoken.get(city.department_of(reading.service_code or ""), 0.0)
        if decision.lane is not Lane.NORMAL:
            yield Matter(decision, 1.0, share, stretch.announced)
        elif _is_plain(decision, reading, city):
            yield Matter(decision, reading.confidence, share, stretch.announced)


def _spoken(whole: Reading, city: City) -> Mapping[str, float]:
    """How probable it is that a whole text is about what a department does."""
    shares = dict(whole.alternatives)
    if whole.service_code is not None:
        shares[whole.service_code] = whole.confidence
    spoken: dict[str, float] = {}
    for code, share in shares.items():
        department = city.department_of(code)
        spoken[department] = spoken.get(department, 0.0) + share
    return spoken


def _may_name_two(stretches: Sequence[Stretch], spoken: Mapping[str, float]) -> bool:
    if not 2 <= len(stretches) <= MOST_STRETCHES:
        return False
    announced = any(stretch.announced for stretch in stretches)
    return announced or sum(share >= SPOKEN for share in spoken.values()) > 1


def _is_plain(decision: Decision, reading: Reading, city: City) -> bool:
    """Whether it is a department's business, and no person must read it first."""
    somebodys = decision.routed and decision.department != city.moderation
    known = decision.record.service_code not in LEFT_TO_WORDS
    return somebodys and known and not reading.doubtful
