"""Whether everything that a pack says is said in the city's own language."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from shared.city.checking.documents import Document, Mistake
from shared.city.checking.names import Documents, unknown
from shared.city.emergency import Advice, Emergency
from shared.city.questions import Question

Place = tuple[str | int, ...]
Text = tuple[Place, Mapping[Any, str]]


def wrong_texts(documents: Documents) -> Iterator[Mistake]:
    """Sentences that the city's own people could not read, and numbers of nobody."""
    profile = documents["city.yaml"].model
    if profile is None:
        return
    for name, texts in (
        ("services.yaml", _asked),
        ("instead.yaml", _pointed),
        ("emergency.yaml", _advised),
    ):
        document = documents.get(name)
        if document is None or document.model is None:
            continue
        for place, text in texts(document.model):
            if profile.language not in text:
                message = f"is not said in {profile.language!r}, the city's language"
                yield document.mistake(place, message)
    emergency = documents.get("emergency.yaml")
    if emergency is not None and emergency.model is not None:
        yield from _numbers(emergency, {each.id for each in profile.phone_numbers})


def _asked(services: Iterable[Any]) -> Iterator[Text]:
    for at, service in enumerate(services):
        for number, question in enumerate(service.questions):
            yield from _question((at, "questions", number), question)


def _question(place: Place, question: Question) -> Iterator[Text]:
    yield (*place, "description"), question.description
    for at, choice in enumerate(question.values):
        yield (*place, "values", at, "name"), choice.name


def _pointed(signposts: Iterable[Any]) -> Iterator[Text]:
    for at, signpost in enumerate(signposts):
        yield (at, "name"), signpost.name
        yield (at, "what"), signpost.what


def _advised(emergency: Emergency) -> Iterator[Text]:
    for place, advice in _advice(emergency):
        yield (*place, "text"), advice.text
    for at, phone in enumerate(emergency.numbers):
        yield ("numbers", at, "name"), phone.name


def _advice(emergency: Emergency) -> Iterator[tuple[Place, Advice]]:
    yield ("general",), emergency.general
    for kind, advice in emergency.kinds.items():
        yield ("kinds", kind), advice


def _numbers(document: Document, of_city: set[str]) -> Iterator[Mistake]:
    emergency: Emergency = document.model
    known = of_city | {phone.id for phone in emergency.numbers}
    for place, advice in _advice(emergency):
        for each in advice.call:
            if message := unknown("phone number", each, known):
                yield document.mistake((*place, "call"), message)
