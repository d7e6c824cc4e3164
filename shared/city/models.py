"""The parts of a city pack, as its files give them."""

from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

Language = Literal["de", "en", "tr", "ar", "uk", "ru"]
Lane = Literal["normal", "danger", "confidential"]
Word = Annotated[str, StringConstraints(pattern=r"^\*?[^*]+\*?$")]
Join = Annotated[str, StringConstraints(pattern=r"^\w[^*]*\w$")]


class Part(BaseModel):
    """A part of a pack: an unknown or missing field is an error of the pack."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PhoneNumber(Part):
    """Whom to call instead of writing, when words would be too slow."""

    id: str
    number: str
    name: dict[str, str]
    example: bool = Field(description="True until the city has confirmed it.")


class Mail(Part):
    """How the city signs its mails, and whether an address is confirmed first."""

    sender_name: str
    confirm_email: bool


class WorkingTime(Part):
    """When a working day ends, and whose public holidays count."""

    country: str
    subdivision: str
    day_ends: str = Field(pattern=r"^\d\d:\d\d$")


class Profile(Part):
    """The city itself."""

    id: str
    name: str
    language: Language
    timezone: str
    phone_numbers: tuple[PhoneNumber, ...]
    mail: Mail
    working_time: WorkingTime
    moderation: str = Field(description="The department that reads the unsure ones.")
    confidential: str = Field(
        description="Gets confidential words that decide nothing."
    )
    postcodes: tuple[Annotated[str, StringConstraints(pattern=r"^\d{1,5}$")], ...] = (
        Field(default=(), description="How all postcodes of the city begin.")
    )
    neighbours: tuple[str, ...] = Field(
        default=(), description="Other cities that people name in an address."
    )
    sure_from: float = Field(ge=0, le=1, description="Confidence that decides.")


class Department(Part):
    """Who can act."""

    id: str
    name: dict[str, str]
    contact: dict[str, str]


class Words(Part):
    """The words that point to one service: how strongly, in three steps."""

    sure: tuple[Word, ...] = ()
    likely: tuple[Word, ...] = ()
    hint: tuple[Word, ...] = ()


class Together(Part):
    """One word out of every list, near each other, point to one thing for sure."""

    service: str | None = None
    danger: str | None = None
    within: int = Field(default=14, ge=1, le=40, description="So many words apart.")
    words: tuple[tuple[Word, ...], ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _points_to_one_thing(self) -> Self:
        if (self.service is None) == (self.danger is None):
            raise ValueError("either a service or a danger")
        return self


class Danger(Part):
    """Words of one danger, and the department that acts if no service is named."""

    department: str
    words: tuple[Word, ...]


class Vocabulary(Part):
    """
    What people of one language write.

    `lamp*` begins a word, `*lampe` ends one, `*lamp*` is anywhere, `lamp` is whole.
    """

    services: dict[str, Words]
    together: tuple[Together, ...] = ()
    danger: dict[str, Danger]
    harmless: tuple[Word, ...] = Field(
        description="Longer phrases in which a word means nothing of the kind."
    )
    negations: tuple[str, ...] = Field(
        description="Words that take back a danger named right after them."
    )
    joins: tuple[Join, ...] = Field(
        default=(), description="Words with which people turn to another matter."
    )

    @property
    def named_services(self) -> set[str]:
        """Every service that these words point to."""
        combined = {together.service for together in self.together}
        return {code for code in (*self.services, *combined) if code is not None}

    @model_validator(mode="after")
    def _knows_its_dangers(self) -> Self:
        named = {together.danger for together in self.together} - {None}
        if strangers := named - set(self.danger):
            raise ValueError(f"dangers without words: {strangers}")
        return self


class Spot(Part):
    """A point on a real street, for demonstrations."""

    street: str
    quarter: str
    lat: float
    long: float
