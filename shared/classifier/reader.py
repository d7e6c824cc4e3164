"""What a report is about, how urgent it is, and who acts: words and model together."""

from collections.abc import Mapping
from pathlib import Path

from shared.city.city import City
from shared.city.models import Lane, Language
from shared.city.pack import load_city
from shared.city.spelling import plain
from shared.city.words import Words, words_in
from shared.classifier.alarm import NEED_OF, NEEDS, Alarm, sounded
from shared.classifier.model import Encoded, Model
from shared.classifier.reading import Reading
from shared.classifier.storing import load

NEED = 2.0
"""From this weight on, words of need decide: more than one that is only likely."""

BEYOND_DOUBT = 0.8
"""A service this sure is what the report is about, in spite of a doubt."""

ALTERNATIVES = 3
REASONS = 5

ANYTHING = frozenset({"other"})
"""Not an answer: what a citizen or a model says who does not know."""


class Reader:
    """Reads reports for one city with one model; both can be changed in a moment."""

    def __init__(self, city: City, model: Model) -> None:
        self.city = city
        self.model = model

    def read(
        self, text: str, language: Language | None = None, *, reasons: bool = True
    ) -> Reading:
        """
        Read a report; a service only when it is sure enough for this city.

        Who does not ask for the words that decided (*reasons*) is answered sooner.
        """
        spelled = plain(text)
        words = words_in(text, spelled, self.city, language)
        encoded = self.model.encode(spelled, words.signals)
        shares = self._shares(encoded)
        alarm = self._alarm(words, encoded, shares)
        service = self._need(words, shares, alarm) or self._sure(shares, alarm)
        if service is None and alarm.urgent:
            service = "other"
        lane = self._lane(service, alarm)
        return Reading(
            service_code=service,
            department=self._department(service, words, alarm, lane),
            confidence=self._confidence(service, shares, alarm, lane),
            alternatives=self._alternatives(shares, service),
            words=self._reasons(words, encoded, service) if reasons else (),
            lane=lane,
            urgent=alarm.urgent,
            doubtful=alarm.doubtful,
            language=words.language,
            model_version=self.model.version,
            danger_kind=self._danger_kind(service, words, alarm),
            instead=self._instead(spelled),
            danger=round(alarm.probability, 3),
            shares=shares,
        )

    def _lane(self, service: str | None, alarm: Alarm) -> Lane:
        if service in self.city.confidential_services:
            return "confidential"
        return "danger" if alarm.urgent else "normal"

    def _shares(self, encoded: Encoded) -> Mapping[str, float]:
        """How probable each service is that this city has; others make it unsure."""
        if encoded.says_nothing:
            return {}
        found = self.model.services.probabilities(encoded)
        return {c: share for c, share in found.items() if c in self.city.services}

    def _alarm(
        self, words: Words, encoded: Encoded, shares: Mapping[str, float]
    ) -> Alarm:
        return sounded(
            self.model.dangers.probabilities(encoded),
            named=bool(words.dangers),
            harmless=words.harmless,
            words=len(encoded.words),
            ordinary=max(self._ordinary(shares).values(), default=0.0),
            danger_from=self.model.danger_from,
        )

    def _ordinary(self, shares: Mapping[str, float]) -> dict[str, float]:
        confidential = self.city.confidential_services
        return {code: shares[code] for code in shares if code not in confidential}

    def _need(
        self, words: Words, shares: Mapping[str, float], alarm: Alarm
    ) -> str | None:
        """
        The confidential service, if it is one: by the pack's words, else the model's.

        A child in need must not be outweighed by three words about rubbish; a few
        words about a family are no need.
        """
        confidential = self.city.confidential_services
        spoken = {code: words.scores.get(code, 0.0) for code in confidential}
        best = max(spoken, key=lambda code: spoken[code], default=None)
        if best is not None and spoken[best] >= NEED:
            return best
        if alarm.urgent:
            return alarm.need if alarm.need in self.city.services else None
        calm = [code for code in confidential if code not in NEEDS.values()]
        likely = max(calm, key=lambda code: shares.get(code, 0.0), default=None)
        if likely is not None and shares.get(likely, 0.0) >= self.city.sure_from:
            return likely
        return None

    def _sure(self, shares: Mapping[str, float], alarm: Alarm) -> str | None:
        """An ordinary service, unless it may be a danger: then a person reads first."""
        ordinary = self._ordinary(shares)
        best = max(ordinary, key=lambda code: ordinary[code], default=None)
        if best is None or best in ANYTHING or ordinary[best] < self.city.sure_from:
            return None
        doubtful = alarm.doubtful and ordinary[best] < BEYOND_DOUBT
        return None if doubtful else best

    def _department(
        self, service: str | None, words: Words, alarm: Alarm, lane: Lane
    ) -> str:
        """In danger the department that is fastest, else whoever owns the service."""
        if lane == "danger":
            vocabularies = self.city.vocabularies
            for danger in words.dangers:
                return vocabularies[danger.language].danger[danger.target].department
            known = vocabularies[self.city.language].danger.get(alarm.kind or "")
            if known is not None:
                return known.department
        return self.city.department_of(service) if service else self.city.moderation

    def _danger_kind(
        self, service: str | None, words: Words, alarm: Alarm
    ) -> str | None:
        """Which danger: by the model, else the pack's words, else the service."""
        if alarm.kind is not None:
            return alarm.kind
        if alarm.named:
            return words.dangers[0].target
        return NEED_OF.get(service or "")

    def _instead(self, spelled: str) -> str | None:
        signpost = self.city.signposts.find(spelled)
        return signpost.id if signpost is not None else None

    def _confidence(
        self,
        service: str | None,
        shares: Mapping[str, float],
        alarm: Alarm,
        lane: Lane,
    ) -> float:
        if service is None:
            known = (share for code, share in shares.items() if code not in ANYTHING)
            return round(max(known, default=0.0), 3)
        share = shares.get(service, 0.0)
        return round(share if lane == "normal" else max(share, alarm.probability), 3)

    def _alternatives(
        self, shares: Mapping[str, float], service: str | None
    ) -> tuple[tuple[str, float], ...]:
        others = (code for code in shares if code != service and code not in ANYTHING)
        best = sorted(others, key=lambda code: -shares[code])[:ALTERNATIVES]
        return tuple((code, round(shares[code], 3)) for code in best)

    def _reasons(
        self, words: Words, encoded: Encoded, service: str | None
    ) -> tuple[str, ...]:
        """The pack's words first, then those of the text that speak most for it."""
        found = words.of(service)
        if service in self.model.services.answers:
            found += self.model.reasons(encoded, service)
        return tuple(dict.fromkeys(found))[:REASONS]


def open_reader(pack: Path, model: Path, *, locate: bool = False) -> Reader:
    """A reader that needs no time for its first report. Raises BrokenPack, -Model."""
    return Reader(load_city(pack, read=True, locate=locate), load(model))
