"""Whether everybody who is named in a pack also exists in it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from zoneinfo import available_timezones

from shared.city.checking.documents import Document, Mistake
from shared.city.checking.shapes import WORDS

Documents = Mapping[str, Document]


def strangers(documents: Documents) -> Iterator[Mistake]:
    """Names that one file writes and no other knows; broken files are left out."""
    departments = _names(documents["departments.yaml"], "id")
    services = _names(documents["services.yaml"], "code")
    yield from _doubles(documents)
    yield from _city(documents["city.yaml"], departments)
    yield from _services(documents["services.yaml"], departments)
    for name, document in documents.items():
        if name.startswith(WORDS):
            yield from _words(document, departments, services)


def quarters_of(documents: Documents) -> set[str]:
    """The quarters that the map has."""
    map_ = documents["quarters.geojson"].model
    return {feature.properties.quarter for feature in map_.features} if map_ else set()


def unknown(kind: str, name: str, known: Iterable[str]) -> str | None:
    """What to say of a name that is not known; nothing can be said if none are."""
    return (
        f"{name!r} is no {kind} of this pack" if known and name not in known else None
    )


def _names(document: Document, key: str) -> set[str]:
    return {getattr(entry, key) for entry in document.model or ()}


def _doubles(documents: Documents) -> Iterator[Mistake]:
    """Entries of which the pack would keep only the last."""
    for name, key in (
        ("departments.yaml", "id"),
        ("services.yaml", "code"),
        ("places.yaml", "name"),
        ("routes.yaml", "id"),
        ("instead.yaml", "id"),
    ):
        document = documents.get(name)
        entries = document.model if document and document.model else ()
        counts = Counter[str]()
        for at, entry in enumerate(entries):
            counts[getattr(entry, key)] += 1
            if document and counts[getattr(entry, key)] == 2:
                yield document.mistake((at, key), "is there twice")


def _city(document: Document, departments: set[str]) -> Iterator[Mistake]:
    profile = document.model
    if profile is None:
        return
    for field in ("moderation", "confidential"):
        if message := unknown("department", getattr(profile, field), departments):
            yield document.mistake((field,), message)
    if profile.timezone not in available_timezones():
        yield document.mistake(("timezone",), f"{profile.timezone!r} is no time zone")


def _services(document: Document, departments: set[str]) -> Iterator[Mistake]:
    for at, service in enumerate(document.model or ()):
        if message := unknown("department", service.department, departments):
            yield document.mistake((at, "department"), message)
        if service.lane == "confidential" and service.public:
            yield document.mistake((at, "public"), "confidential is never public")


def _words(
    document: Document, departments: set[str], services: set[str]
) -> Iterator[Mistake]:
    if document.model is None:
        return
    for code in document.model.services:
        if message := unknown("service", code, services):
            yield document.mistake(("services", code), message)
    for at, together in enumerate(document.model.together):
        code = together.service
        if code and (message := unknown("service", code, services)):
            yield document.mistake(("together", at, "service"), message)
    for name, danger in document.model.danger.items():
        if message := unknown("department", danger.department, departments):
            yield document.mistake(("danger", name, "department"), message)
