"""What the pack's words say of a text: which services, which dangers, how strongly."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shared.city.city import City
from shared.city.hits import SURE, Hit, Meaning
from shared.city.language import language_of
from shared.city.models import Language

NEGATION_REACH = 2
HARMLESS = "harmless"


@dataclass(frozen=True)
class Words:
    """The words of a city's pack that stand in a text, and what they mean there."""

    language: Language
    scores: Mapping[str, float]
    dangers: tuple[Meaning, ...]
    meanings: tuple[Meaning, ...]

    @property
    def harmless(self) -> bool:
        """Whether a phrase stands there that only sounds like a danger."""
        return any(meaning.kind == "harmless" for meaning in self.meanings)

    @property
    def signals(self) -> Mapping[str, float]:
        """All that a model may hear: services, ``danger.<name>``, and ``harmless``."""
        dangers = {f"danger.{danger.target}": danger.weight for danger in self.dangers}
        soothing = {HARMLESS: SURE} if self.harmless else {}
        return {**self.scores, **dangers, **soothing}

    def of(self, service: str | None) -> tuple[str, ...]:
        """The pack's own words for a service, and for every danger."""
        named = [meaning.word for meaning in self.dangers]
        named += [
            meaning.word
            for meaning in self.meanings
            if meaning.kind == "service" and meaning.target == service
        ]
        return tuple(dict.fromkeys(named))


def words_in(
    text: str, spelled: str, city: City, language: Language | None = None
) -> Words:
    """
    Read a text, and *spelled*, the same in its one spelling (``plain``).

    Words count in the languages that are spoken here. Only where those say nothing do
    another language's sure words.
    """
    written = language_of(text)
    hits = city.lexicon.find(spelled)
    meanings = tuple(meaning for hit in hits for meaning in hit.meanings)
    spoken = {written, language or city.language, city.language}
    scores = _scores(meaning for meaning in meanings if meaning.language in spoken)
    if not scores:
        scores = _scores(meaning for meaning in meanings if meaning.weight >= SURE)
    return Words(
        language=language or written,
        scores=scores,
        dangers=_dangers(spelled, hits, city),
        meanings=meanings,
    )


def _dangers(spelled: str, hits: Sequence[Hit], city: City) -> tuple[Meaning, ...]:
    """Words of danger that neither a negation nor a harmless phrase takes back."""
    harmless = [hit for hit in hits if hit.means("harmless")]
    return tuple(
        meaning
        for hit in hits
        if hit.means("danger")
        and not any(hit.overlaps(phrase) for phrase in harmless)
        and not _negated(spelled[: hit.start], city.lexicon.negations)
        for meaning in hit.meanings
        if meaning.kind == "danger"
    )


def _negated(before: str, negations: Iterable[str]) -> bool:
    nearest = f" {' '.join(before.split()[-NEGATION_REACH:])} "
    return any(negation in nearest for negation in negations)


def _scores(meanings: Iterable[Meaning]) -> dict[str, float]:
    """
    The weight of each service in the language that speaks most for it.

    A word counts once, however often it was written, and not again because another
    language spells it alike.
    """
    spoken: dict[tuple[str, Language], float] = {}
    for meaning in dict.fromkeys(meanings):
        if meaning.kind == "service":
            key = meaning.target, meaning.language
            spoken[key] = spoken.get(key, 0) + meaning.weight
    scores: dict[str, float] = {}
    for (service, _), weight in spoken.items():
        scores[service] = max(scores.get(service, 0), weight)
    return scores
