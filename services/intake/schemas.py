"""What clients say to intake. Strict: nothing is guessed, nothing unknown is let in."""

from typing import Annotated, Literal
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from services.intake.characters import WRITABLE

MAX_ATTRIBUTES = 30

ReportLanguage = Literal["de", "en", "tr", "ar", "uk", "ru"]


def _address_of_mail(text: str) -> str:
    """A mail address in its ASCII form, checked without asking the network."""
    try:
        # `.test` is let in: no mail leaves for it, and rehearsals need addresses.
        address = validate_email(
            text,
            check_deliverability=False,
            allow_smtputf8=False,
            test_environment=True,
        )
    except EmailNotValidError:
        raise PydanticCustomError("email", "is not a mail address") from None
    return address.ascii_email or address.normalized


def _web_address(text: str) -> str:
    """An http(s) address of a named host, without a password in it."""
    try:
        parts = urlsplit(text)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
        plain = parts.username is None and parts.port != 0
    except ValueError:
        usable = plain = False
    if not (usable and plain and text.isascii() and text.isprintable()):
        raise PydanticCustomError("webhook", "is not an http or https URL")
    return text


def _short_attributes(attributes: dict[str, str]) -> dict[str, str]:
    if len(attributes) > MAX_ATTRIBUTES:
        raise PydanticCustomError(
            "too_many", f"must have at most {MAX_ATTRIBUTES} entries"
        )
    return attributes


Description = Annotated[
    str,
    StringConstraints(min_length=3, max_length=4000, strip_whitespace=True),
    WRITABLE,
]
Service = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
Lat = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Long = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]


class _In(BaseModel):
    """What comes in: exact types, known fields."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class ContactIn(_In):
    """How the reporter wants to be told, if at all."""

    email: (
        Annotated[
            str,
            StringConstraints(max_length=254, strip_whitespace=True),
            WRITABLE,
            AfterValidator(_address_of_mail),
        ]
        | None
    ) = Field(default=None, json_schema_extra={"format": "email"})
    webhook: (
        Annotated[
            str,
            StringConstraints(max_length=2000),
            WRITABLE,
            AfterValidator(_web_address),
        ]
        | None
    ) = Field(default=None, json_schema_extra={"format": "uri"})
    language: ReportLanguage | None = Field(
        default=None, description="Else the language of the description."
    )

    @property
    def reachable(self) -> bool:
        """Whether there is any way to tell the reporter something."""
        return self.email is not None or self.webhook is not None


class ReportIn(_In):
    """A report as a citizen gives it."""

    description: Description = Field(description="What is wrong, in any language.")
    service_code: Service | None = Field(
        default=None, description="A service of the city, if the reporter knows."
    )
    lat: Lat | None = Field(
        default=None, description="WGS 84; only together with long."
    )
    long: Long | None = Field(
        default=None, description="WGS 84; only together with lat."
    )
    address: (
        Annotated[
            str, StringConstraints(max_length=300, strip_whitespace=True), WRITABLE
        ]
        | None
    ) = Field(default=None, description="The place in words.")
    attributes: Annotated[
        dict[
            Annotated[str, StringConstraints(min_length=1, max_length=60), WRITABLE],
            Annotated[str, StringConstraints(max_length=300), WRITABLE],
        ],
        AfterValidator(_short_attributes),
    ] = Field(
        default_factory=dict,
        description="Answers to the questions of the chosen service by their variable: "
        "a value's key, several with commas between, a number, an ISO 8601 date.",
        json_schema_extra={"maxProperties": MAX_ATTRIBUTES},
    )
    contact: ContactIn | None = None
    confidential: bool = Field(
        default=False, description="Only the department that acts can read it."
    )

    @property
    def tell(self) -> bool:
        """Whether the reporter wants to be told."""
        return self.contact is not None and self.contact.reachable


class SimilarIn(_In):
    """What somebody is about to report: is it known already?"""

    description: Description = Field(description="What is wrong, in any language.")
    lat: Lat = Field(description="WGS 84.")
    long: Long = Field(description="WGS 84.")
    service_code: Service | None = Field(
        default=None, description="Else the words decide what it is about."
    )

    @property
    def report(self) -> ReportIn:
        """The report that it would be."""
        return ReportIn.model_construct(
            description=self.description,
            lat=self.lat,
            long=self.long,
            service_code=self.service_code,
        )


class TrackingIn(_In):
    """A tracking code, in the body so that it stays out of logs."""

    tracking_code: Annotated[str, StringConstraints(max_length=80), WRITABLE] = Field(
        description="24 characters; dashes, blanks and case do not matter.",
        json_schema_extra={"pattern": "^[ -]*([0-9A-Za-z][ -]*){24}$"},
    )


class ReplyIn(TrackingIn):
    """What a reporter says after the report."""

    kind: Literal["answer", "reopen", "withdraw", "follow"]
    text: (
        Annotated[
            str, StringConstraints(max_length=4000, strip_whitespace=True), WRITABLE
        ]
        | None
    ) = Field(default=None, description="An answer needs words.")
