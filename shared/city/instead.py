"""Whom to ask about what is not the city's business."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Annotated

import ahocorasick
from pydantic import Field, StringConstraints

from shared.city.hits import pattern
from shared.city.models import Language, Part, Word
from shared.city.wording import said_in

NOT_THE_CITY = "not-the-city"
"""The service of what somebody else must do."""

# Short enough for the reason of a decision, which holds both beside its own sentence.
Name = Annotated[str, StringConstraints(max_length=80)]
Purpose = Annotated[str, StringConstraints(max_length=190)]


class Signpost(Part):
    """Somebody who can help where the city cannot, and the words that point there."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    name: dict[Language, Name] = Field(min_length=1)
    what: dict[Language, Purpose] = Field(
        min_length=1, description="What it is for, and how to find it."
    )
    words: tuple[Word, ...] = Field(min_length=1)

    def said(self, language: Language) -> str:
        """Name and purpose in one line."""
        name = said_in(self.name, language, language)
        return f"{name}, {said_in(self.what, language, language)}"


class Signposts:
    """Finds whom to ask instead, by the words of a text."""

    def __init__(self, signposts: Iterable[Signpost]) -> None:
        self._all = tuple(signposts)
        places = defaultdict[str, list[int]](list)
        for place, signpost in enumerate(self._all):
            for text in {pattern(word) for word in signpost.words}:
                places[text].append(place)
        self._automaton = ahocorasick.Automaton()
        for text, found in places.items():
            self._automaton.add_word(text, (text, tuple(found)))
        self._automaton.make_automaton()

    def find(self, spelled: str) -> Signpost | None:
        """Whom most words of a plain text point to; of equals the first of the pack."""
        if not self._all:
            return None
        words = {found for _, found in self._automaton.iter(spelled)}
        votes = Counter(place for _, places in words for place in places)
        best = max(votes, key=lambda place: (votes[place], -place), default=None)
        return None if best is None else self._all[best]
