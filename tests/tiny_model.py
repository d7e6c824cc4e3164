"""A corpus of some two hundred texts, which is learnt in a second."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from services.cli.model import learned
from shared.classifier.corpus import own_lessons
from shared.classifier.model import Model
from tests.unit.city.essen import essen

PLACES = ("vor Haus 4", "an der Ecke", "am Bahnhof", "im Hof", "seit Montag", "wieder")

SERVICES: Mapping[str, Iterable[str]] = {
    "street-light": ("Laterne defekt", "Straßenlampe dunkel", "Licht aus"),
    "road-damage": ("Schlagloch", "Fahrbahn kaputt", "Asphalt gerissen"),
    "illegal-dumping": ("Sperrmüll", "alte Matratze", "Müllsäcke abgeladen"),
    "parking": ("Falschparker", "Auto parkt", "Wagen steht im Weg"),
    "other": ("Danke", "eine Frage", "nur so"),
}
DANGERS: Mapping[str, Iterable[str]] = {
    "fire": ("Es brennt", "Feuer", "Rauch"),
    "child": ("Kind wird geschlagen", "Baby allein"),
    "violence-at-home": ("Mann schlägt seine Frau", "Nachbarin wird verprügelt"),
    "elder": ("alte Frau hilflos", "Senior gestürzt"),
}
HARMLESS = ("Laterne brennt am Tag", "Osterfeuer brennt", "Kind spielt allein", "Rauch")
"""Smoke is in both, so that the model knows doubt."""


def write_corpus(folder: Path) -> Path:
    """The corpus as files, as a city's own might be."""
    folder.mkdir(parents=True, exist_ok=True)
    for service, beginnings in SERVICES.items():
        _write(folder / f"{service}.jsonl", [{"text": t} for t in _texts(beginnings)])
    dangers = [
        {"danger": danger, "text": text}
        for danger, beginnings in DANGERS.items()
        for text in _texts(beginnings)
    ]
    _write(folder / "danger.jsonl", dangers)
    _write(folder / "harmless.jsonl", [{"text": text} for text in _texts(HARMLESS)])
    return folder


@cache
def tiny_model() -> Model:
    """What is learnt from it with the words of Essen."""
    with TemporaryDirectory() as folder:
        lessons = own_lessons(write_corpus(Path(folder)))
    return learned(lessons, essen(), sources=[])


def _texts(beginnings: Iterable[str]) -> list[str]:
    return [f"{beginning} {place}" for beginning, place in product(beginnings, PLACES)]


def _write(file: Path, lines: Iterable[Mapping[str, str]]) -> None:
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
