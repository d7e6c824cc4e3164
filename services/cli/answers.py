"""What a model answers, as the figures want it."""

from collections import Counter
from collections.abc import Mapping, Sequence

from shared.city.city import City
from shared.city.spelling import plain
from shared.city.words import words_in
from shared.classifier.examples import Example
from shared.classifier.measuring import Answered
from shared.classifier.model import Model

COMMON = "common_category"


def answered(model: Model, city: City, example: Example, *, answer: str) -> Answered:
    """
    The most probable answer to a report.

    Asked for the common category, services answer for the one that they belong to.
    """
    found = said(model, city, example.text)
    best = max(found, key=lambda name: found[name])
    routed = found[best] >= city.sure_from and best != "other"
    if answer == COMMON:
        found = common(found, city)
        best = max(found, key=lambda name: found[name])
    return Answered(example.answer, best, found[best], routed)


def said(model: Model, city: City, text: str) -> dict[str, float]:
    """How probable each of the model's answers is."""
    spelled = plain(text)
    words = words_in(text, spelled, city)
    return model.services.probabilities(model.encode(spelled, words.signals))


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
