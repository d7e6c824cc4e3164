"""What to tell somebody who reports a danger: whom to call, what to do until then."""

from collections.abc import Iterable, Mapping
from typing import Literal

from pydantic import Field

from shared.city.models import Part, PhoneNumber
from shared.city.wording import Said

Kind = Literal[
    "fire",
    "gas",
    "electricity",
    "weapon",
    "person",
    "suicide",
    "violence",
    "child",
    "violence-at-home",
    "elder",
]
"""The dangers that are told apart."""


class Advice(Part):
    """One or two calm sentences, and the numbers to call, the most urgent first."""

    text: Said
    call: tuple[str, ...] = Field(min_length=1, description="Ids of phone numbers.")


class Emergency(Part):
    """What the pack says in danger; `general` where the kind is not known."""

    numbers: tuple[PhoneNumber, ...] = Field(
        default=(), description="Beside the phone numbers of the city."
    )
    general: Advice
    kinds: Mapping[Kind, Advice] = Field(default_factory=dict)

    def advice(self, kind: str | None) -> Advice:
        """What to say of a danger of this kind."""
        for known, advice in self.kinds.items():
            if known == kind:
                return advice
        return self.general

    def numbers_of(
        self, advice: Advice, of_city: Iterable[PhoneNumber]
    ) -> tuple[PhoneNumber, ...]:
        """Whom to call, in the order of the advice."""
        known = {phone.id: phone for phone in (*of_city, *self.numbers)}
        return tuple(known[each] for each in advice.call)

    def unknown_numbers(self, of_city: Iterable[PhoneNumber]) -> set[str]:
        """Numbers that an advice names and nobody has."""
        known = {phone.id for phone in (*of_city, *self.numbers)}
        named = {each for advice in self.all_advice for each in advice.call}
        return named - known

    @property
    def all_advice(self) -> tuple[Advice, ...]:
        """Everything that may be said."""
        return (self.general, *self.kinds.values())
