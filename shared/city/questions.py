"""What a department asks about a report, in Open311's terms."""

from collections import Counter
from collections.abc import Iterable
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from shared.city.models import Part
from shared.city.wording import Said

MOST_QUESTIONS = 3
"""Per service: whoever is asked more does not send the report."""

Datatype = Literal[
    "string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"
]
LISTS = frozenset({"singlevaluelist", "multivaluelist"})


class Choice(Part):
    """One of the answers that a list offers."""

    key: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")
    name: Said


class Question(Part):
    """
    A question about one service; the order in the pack is the order of asking.

    Never one for a name, a number plate or another trace of a person.
    """

    variable: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    datatype: Datatype
    required: bool = False
    description: Said
    values: tuple[Choice, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The answers that a list offers, as programs say them."""
        return tuple(choice.key for choice in self.values)

    @field_validator("values")
    @classmethod
    def _offers_each_once(cls, values: tuple[Choice, ...]) -> tuple[Choice, ...]:
        if doubles := _twice(choice.key for choice in values):
            raise ValueError(f"offered twice: {', '.join(doubles)}")
        return values

    @model_validator(mode="after")
    def _offers_values_if_it_is_a_list(self) -> Self:
        if self.datatype in LISTS and len(self.values) < 2:
            raise ValueError(f"a {self.datatype} offers at least two values")
        if self.datatype not in LISTS and self.values:
            raise ValueError(f"a {self.datatype} offers no values")
        return self


def asked_once(questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """The same questions, if none has the variable of another."""
    if doubles := _twice(question.variable for question in questions):
        raise ValueError(f"asked twice: {', '.join(doubles)}")
    return questions


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]
