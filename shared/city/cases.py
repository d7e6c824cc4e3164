"""A city's own examples: reports, and what must become of each."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Self

from pydantic import Field, ValidationError, model_validator

from shared.city.models import Lane, Part

CASES = "cases.jsonl"


class BrokenCases(ValueError):
    """Examples that cannot be tried, and why."""


class Expected(Part):
    """
    What must be decided; what is left out does not matter.

    ``service``: null if no word decides. ``routed``: false if a person reads it first.
    """

    service: str | None = None
    department: str | None = None
    lane: Lane | None = None
    routed: bool | None = None

    @model_validator(mode="after")
    def _expects_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("a case must expect something")
        return self


class Case(Part):
    """A report as a citizen sends it, and what is expected."""

    text: str = Field(min_length=1)
    expect: Expected
    service_code: str | None = Field(default=None, description="What they chose.")
    at: tuple[float, float] | None = Field(default=None, description="lat, long")
    address: str | None = None
    time: datetime | None = Field(
        default=None, description="In the city's time; a Monday's noon if left out."
    )


def numbered(file: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file of examples that are not empty, and their numbers."""
    for number, line in enumerate(file.read_text("utf-8").split("\n"), start=1):
        if line.strip():
            yield number, line


def read_cases(file: Path) -> dict[int, Case]:
    """All examples by the number of their line. Raises BrokenCases."""
    cases = {}
    try:
        for number, line in numbered(file):
            cases[number] = Case.model_validate_json(line)
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenCases(f"{file}: {error}") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(step) for step in first["loc"])
        raise BrokenCases(f"{file}:{number}: {field}: {first['msg']}") from error
    return cases
