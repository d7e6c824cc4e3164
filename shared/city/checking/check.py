"""Looks at every file of a pack, and at all of them together."""

from pathlib import Path
from typing import get_args

from shared.city.checking.cases import wrong_cases
from shared.city.checking.documents import Document, Mistake, read_document
from shared.city.checking.names import quarters_of, strangers
from shared.city.checking.positions import misplaced, wrong_streets
from shared.city.checking.rules import wrong_routes
from shared.city.checking.shapes import OPTIONAL, SHAPES, VOCABULARY, WORDS
from shared.city.checking.texts import wrong_texts
from shared.city.models import Language
from shared.city.pack import BrokenPack, load_city


def check(folder: Path) -> list[Mistake]:
    """Everything that is wrong with a pack; nothing when it can be used."""
    documents = _documents(folder)
    mistakes = [each for document in documents.values() for each in document.mistakes]
    mistakes += _languages(documents)
    mistakes += strangers(documents)
    mistakes += wrong_routes(documents)
    mistakes += wrong_texts(documents)
    mistakes += misplaced(documents, quarters_of(documents))
    mistakes += wrong_streets(folder, quarters_of(documents))
    mistakes += wrong_cases(folder, documents)
    return mistakes or _loaded(folder)


def _documents(folder: Path) -> dict[str, Document]:
    wanted = {
        name: shape
        for name, shape in SHAPES.items()
        if name not in OPTIONAL or (folder / name).exists()
    }
    for file in sorted((folder / WORDS).glob("*.yaml")):
        wanted[f"{WORDS}/{file.name}"] = VOCABULARY
    return {name: read_document(folder, name, shape) for name, shape in wanted.items()}


def _languages(documents: dict[str, Document]) -> list[Mistake]:
    """Words in a language that is none, and none in the city's own."""
    spoken = {Path(name).stem for name in documents if name.startswith(WORDS)}
    known = set(get_args(Language))
    mistakes = [
        Mistake(f"{WORDS}/{language}.yaml", 1, "", f"{language} is none of {known}")
        for language in sorted(spoken - known)
    ]
    profile = documents["city.yaml"].model
    if profile and profile.language not in spoken:
        message = f"there is no {WORDS}/{profile.language}.yaml"
        mistakes.append(documents["city.yaml"].mistake(("language",), message))
    return mistakes


def _loaded(folder: Path) -> list[Mistake]:
    """What only shows when the pack is used."""
    try:
        load_city(folder, read=True, locate=True, geocode=True)
    except BrokenPack as error:
        return [Mistake(folder.name, 1, "", str(error))]
    return []
