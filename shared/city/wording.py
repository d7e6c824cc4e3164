"""What a pack says to people, in the languages that it knows."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from shared.city.models import Language

Said = Annotated[dict[Language, str], Field(min_length=1)]
"""A sentence by its language; the city's own is always there (`city check`)."""


def said_in(said: Mapping[Language, str], language: str, own: Language) -> str:
    """A sentence in *language*, else in the city's *own*, else as it was written."""
    for known, sentence in said.items():
        if known == language:
            return sentence
    return said.get(own) or next(iter(said.values()))
