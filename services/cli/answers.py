"""What a model answers, as the figures want it."""

from collections import Counter
from collections.abc import Mapping, Sequence

from shared.city.city import City
from shared.city.spelling import plain
from shared.city.words import words_in
from shared.classifier.calibrating import Example
from shared.classifier.measuring import Answered
from shared.classifier.model import Model

COMMON = "common_category"


def answered(model: Model, city: City, example: Example, *, answer: str) -> Answered:
    """
    The most probable answer to a report.

    Asked for the common category, services answer for the one that they belong to.
    """
    spelled = plain(example.text)
    words = words_in(example.text, spelled, city)
    said = model.services.probabilities(model.encode(spelled, words.signals))
    best = max(said, key=lambda name: said[name])
    routed = said[best] >= city.sure_from and best != "other"
    if answer == COMMON:
        said = common(said, city)
        best = max(said, key=lambda name: said[name])
    return Answered(example.answer, best, said[best], routed)


def common(shares: Mapping[str, float], city: City) -> dict[str, float]:
    """Services' probabilities as those of the common categories they belong to."""
    found: dict[str, float] = {}
    for code, share in shares.items():
        service = city.services.get(code)
        if service is not None and service.common is not None:
            found[service.common] = found.get(service.common, 0.0) + share
    return found


def shares(examples: Sequence[Example]) -> dict[str, float]:
    """How often each answer is right."""
    counts = Counter(example.answer for example in examples)
    return {name: round(n / len(examples), 4) for name, n in counts.most_common()}
