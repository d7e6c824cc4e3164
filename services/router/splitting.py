"""A report that names several matters: who gets each. As pure as the rules."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from services.router.matters import SPOKEN, Matter, matters_in
from services.router.rules import LEFT_TO_WORDS, Decision, Where, decide
from shared.city.city import City
from shared.classifier.reader import Reader
from shared.classifier.reading import Reading
from shared.contracts.vocabulary import Lane

MOST_MATTERS = 3

EACH = 0.8
"""So sure must each of several matters be."""

EACH_ABROAD = 0.65
"""The same in another language than the city's, in which the model is less sure."""

BOTH = 0.92
"""So sure must it be that both are there, unless the second is announced."""


def decide_each(
    text: str, asked: str | None, lane: Lane, where: Where, reader: Reader
) -> tuple[Decision, ...]:
    """
    A decision for each matter that a report names: nearly always one for the whole.

    More only when it is plain: each for another department, in the order of the text,
    but what the citizen chose first. What is confidential or might be a danger stays
    one report: nobody is to read it, or to wait, because of a clever cut.
    """
    city = reader.city
    reading = reader.read(text)
    whole = decide(asked, lane, reading, where, city)
    if whole.lane is Lane.CONFIDENTIAL or reading.doubtful:
        return (whole,)
    matters = list(matters_in(text, reading, where, reader))
    choice = whole if _is_chosen(asked, whole, city) else None
    named = _named(matters, choice, _floor(reading, city))
    if len(named) < 2 or not _may_be_apart(named, matters, whole):
        return (whole,)
    return tuple(_explained(each.decision, len(named)) for each in named)


def _is_chosen(asked: str | None, whole: Decision, city: City) -> bool:
    """Whether the citizen's choice decided; a danger goes to whoever is fastest."""
    known = asked in city.services and asked not in LEFT_TO_WORDS
    return known and whole.lane is not Lane.DANGER


def _floor(reading: Reading, city: City) -> float:
    return EACH if reading.language == city.language else EACH_ABROAD


def _named(
    matters: Sequence[Matter], chosen: Decision | None, floor: float
) -> list[Matter]:
    """
    The matters that are there for sure, one a department.

    In danger only what is announced is another matter: a lamp that lies on the road
    and the cable that sprays sparks are one emergency.
    """
    best = _surest(each for each in matters if each.sureness >= floor)
    if chosen is not None:
        best = _beside(chosen, matters, best)
    if not best:
        return []
    first, *others = best
    calm = not any(each.urgent for each in matters)
    apart = [
        each
        for each in others
        if each.announced or (calm and _stand_alone(first, each))
    ]
    return [first, *apart][:MOST_MATTERS]


def _stand_alone(first: Matter, second: Matter) -> bool:
    """Whether two matters are there though nothing but a full stop sets them apart."""
    spoken = min(first.spoken, second.spoken) >= SPOKEN
    return spoken and first.sureness * second.sureness >= BOTH


def _surest(matters: Iterable[Matter]) -> list[Matter]:
    """The surest of each department, in the order of the text."""
    best: dict[str, Matter] = {}
    for each in matters:
        known = best.get(each.department, each)
        surer = each if each.sureness > known.sureness else known
        announced = known.announced or each.announced
        best[each.department] = replace(surer, announced=announced)
    return list(best.values())


def _beside(
    chosen: Decision, matters: Sequence[Matter], best: Sequence[Matter]
) -> list[Matter]:
    """
    What the citizen chose, and what the text names besides.

    Only if the text also speaks of what was chosen: else the choice was a mistake, and
    there is one matter.
    """
    own = [each for each in matters if each.department == chosen.department]
    others = [each for each in best if each.department != chosen.department]
    if not own:
        return []
    return [Matter(chosen, sureness=1.0, spoken=1.0, announced=False), *others]


def _may_be_apart(
    named: Sequence[Matter], matters: Sequence[Matter], whole: Decision
) -> bool:
    """
    Whether no need is lost by it.

    Nothing in it is confidential; whoever is fastest gets every danger; and what is a
    danger only in a fragment, or only in the whole, is left to the whole.
    """
    told = {each.department for each in named if each.urgent}
    urgent = [each for each in matters if each.urgent]
    return (
        all(each.decision.lane is not Lane.CONFIDENTIAL for each in matters)
        and (whole.lane is Lane.DANGER) == bool(urgent)
        and all(each.department in told for each in urgent)
    )


def _explained(decision: Decision, count: int) -> Decision:
    """The decision, with the reason why another department has a task, too."""
    number = {2: "zwei", 3: "drei"}[count]
    because = f"Die Meldung nennt {number} Anliegen. Dieses: {decision.record.because}"
    record = decision.record.model_copy(update={"because": because})
    return replace(decision, record=record)
