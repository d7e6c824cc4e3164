"""What a model hears of a city's own words in a text."""

from shared.city.city import City
from shared.city.spelling import plain
from shared.city.words import HARMLESS, words_in
from shared.classifier.examples import Lexicon


def signals_of(city: City) -> tuple[str, ...]:
    """Everything that the words of a pack can point to: services and dangers."""
    dangers = {
        f"danger.{name}"
        for vocabulary in city.vocabularies.values()
        for name in vocabulary.danger
    }
    return (*city.services, *sorted(dangers), HARMLESS)


def hearing(city: City) -> Lexicon:
    """The weight of the pack's words in a text."""
    return lambda text: words_in(text, plain(text), city).signals
