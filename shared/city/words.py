"""What the words of a report say: which service, how surely, how urgent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp

from shared.city.city import City
from shared.city.hits import SURE, Hit, Meaning
from shared.city.language import language_of
from shared.city.models import Lane, Language
from shared.city.spelling import plain

UNKNOWN = 1.0
"""The score of "something else": words must outweigh it to decide."""

NEED = 2.0
"""The score from which words of need decide: more than one word that is only likely."""

NEGATION_REACH = 2
ALTERNATIVES = 3


@dataclass(frozen=True)
class Reading:
    """
    What the words decided.

    `department` is who acts: in danger the one who is fastest, else the service's.
    `urgent` is true for words of danger even in the confidential lane.
    """

    service_code: str | None
    department: str
    confidence: float
    alternatives: tuple[tuple[str, float], ...]
    words: tuple[str, ...]
    lane: Lane
    urgent: bool
    language: Language


def read(text: str, city: City, language: Language | None = None) -> Reading:
    """Read a report; a service only when the words are sure enough for this city."""
    spelled = plain(text)
    hits = city.lexicon.find(spelled)
    meanings = [meaning for hit in hits for meaning in hit.meanings]
    dangers = _dangers(spelled, hits, city)
    spoken = {language_of(text), language or city.language, city.language}
    service, scores = _decided([m for m in meanings if m.language in spoken], city)
    if service is None:  # where they say nothing: another language's sure words
        service, scores = _decided([m for m in meanings if m.weight >= SURE], city)
    if service is None and dangers:
        service, scores = "other", {"other": SURE}
    shares = _shares(scores)
    lane = _lane(service, dangers, city)
    return Reading(
        service_code=service,
        department=_department(service, dangers, lane, city),
        confidence=round(shares[service] if service else max(shares.values()), 3),
        alternatives=_alternatives(shares, service),
        words=_words(meanings, service, dangers),
        lane=lane,
        urgent=bool(dangers),
        language=language or language_of(text),
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


def _shares(scores: Mapping[str, float]) -> dict[str, float]:
    """Scores as shares of one; what is missing belongs to "something else"."""
    whole = exp(UNKNOWN) + sum(map(exp, scores.values()))
    return {code: exp(score) / whole for code, score in scores.items()} or {"": 0.0}


def _decided(
    meanings: Iterable[Meaning], city: City
) -> tuple[str | None, Mapping[str, float]]:
    """
    The service, and the scores it was chosen from.

    A child in need must not be outweighed by three words about rubbish; a few words
    about a family are no need, and then they are no alternative either.
    """
    services, scores = city.services, _scores(meanings)
    need = {c: s for c, s in scores.items() if services[c].lane == "confidential"}
    if max(need.values(), default=0) >= NEED:
        return max(need, key=lambda code: need[code]), scores
    others = {code: score for code, score in scores.items() if code not in need}
    shares = _shares(others)
    best = max(shares, key=lambda code: shares[code])
    return (best if best and shares[best] >= city.sure_from else None), others


def _lane(service: str | None, dangers: Sequence[Meaning], city: City) -> Lane:
    if service is not None and city.services[service].lane == "confidential":
        return "confidential"
    return "danger" if dangers else "normal"


def _department(
    service: str | None, dangers: Iterable[Meaning], lane: Lane, city: City
) -> str:
    """In danger the department that is fastest, else whoever owns the service."""
    for danger in dangers if lane == "danger" else ():
        return city.vocabularies[danger.language].danger[danger.target].department
    return city.department_of(service) if service else city.moderation


def _alternatives(
    shares: Mapping[str, float], service: str | None
) -> tuple[tuple[str, float], ...]:
    others = [(code, round(share, 3)) for code, share in shares.items() if code]
    others = [other for other in others if other[0] != service]
    return tuple(sorted(others, key=lambda other: -other[1])[:ALTERNATIVES])


def _words(
    meanings: Iterable[Meaning], service: str | None, dangers: Iterable[Meaning]
) -> tuple[str, ...]:
    """The pack's own words that decided: never what was written around them."""
    deciding = [meaning.word for meaning in dangers]
    deciding += [
        m.word for m in meanings if m.kind == "service" and m.target == service
    ]
    return tuple(dict.fromkeys(deciding))
