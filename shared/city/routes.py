"""A city's rules of who acts, in order: the first that fits decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal, Self

from pydantic import Field, model_validator

from shared.city.models import Lane, Language, Part

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class When(Part):
    """
    What a rule asks for: every named thing must be so, each with one of its values.

    ``asked``: whether the citizen chose the service. ``area``: a kind of area in the
    pack's ``areas.geojson`` in which the place lies. ``hours`` may pass midnight.
    """

    service: tuple[str, ...] = ()
    asked: bool | None = None
    lane: tuple[Lane, ...] = ()
    language: tuple[Language, ...] = ()
    quarter: tuple[str, ...] = ()
    district: tuple[int, ...] = ()
    area: tuple[str, ...] = ()
    days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] = ()
    hours: str | None = Field(
        default=None, pattern=r"^[0-2]\d:[0-5]\d-[0-2]\d:[0-5]\d$"
    )

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        if self == type(self).model_construct():
            raise ValueError("a rule must ask for something")
        return self


class Route(Part):
    """A rule of who acts; the first that fits decides."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    when: When
    to: str = Field(description="The department that acts.")
    service: str | None = Field(
        default=None, description="What the report then counts as."
    )
    promised_days: int | None = Field(default=None, ge=1, le=60)
    because: str = Field(max_length=200, description="One sentence for the clerk.")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a rule may look at. ``at`` is in the city's own time."""

    service: str | None
    asked: bool
    lane: Lane
    language: Language
    quarter: str | None
    district: int | None
    areas: frozenset[str]
    at: datetime


@dataclass(frozen=True)
class Flaw:
    """A rule that does nothing, and why."""

    route: str
    why: str


def route_for(facts: Facts, routes: Sequence[Route]) -> Route | None:
    """The first rule that fits; None leaves it to the service's own department."""
    return next((route for route in routes if fits(facts, route.when)), None)


def fits(facts: Facts, when: When) -> bool:
    """Whether all that a rule asks for is so; what it does not name does not matter."""
    return (
        _among(facts.service, when.service)
        and _among(facts.quarter, when.quarter)
        and _among(facts.district, when.district)
        and _among(facts.lane, when.lane)
        and _among(facts.language, when.language)
        and when.asked in (None, facts.asked)
        and (not when.area or not facts.areas.isdisjoint(when.area))
        and _at(facts.at, when)
    )


def flaws(routes: Sequence[Route], district_of: dict[str, int]) -> Iterator[Flaw]:
    """Rules that never decide: contradicting themselves, or behind a wider one."""
    for place, route in enumerate(routes):
        when = route.when
        if when.quarter and when.district and not _meet(when, district_of):
            yield Flaw(route.id, "none of its quarters lies in one of its districts")
        for earlier in routes[:place]:
            if _covers(earlier.when, when):
                same = earlier.to == route.to
                outcome = "" if same else f" and sends to {earlier.to} instead"
                yield Flaw(route.id, f"{earlier.id} fits whenever it does{outcome}")
                break


def _among(value: object, allowed: Sequence[object]) -> bool:
    return not allowed or value in allowed


def _at(moment: datetime, when: When) -> bool:
    if when.days and DAYS[moment.weekday()] not in when.days:
        return False
    if when.hours is None:
        return True
    start, end = (time.fromisoformat(each) for each in when.hours.split("-"))
    now = moment.time().replace(second=0, microsecond=0)
    return start <= now < end if start < end else now >= start or now < end


def _meet(when: When, district_of: dict[str, int]) -> bool:
    return any(district_of.get(name) in when.district for name in when.quarter)


def _covers(wide: When, narrow: When) -> bool:
    """Whether *wide* fits wherever *narrow* does."""
    lists = ("service", "quarter", "district", "lane", "language", "area", "days")
    return (
        all(_within(getattr(narrow, name), getattr(wide, name)) for name in lists)
        and wide.asked in (None, narrow.asked)
        and wide.hours in (None, narrow.hours)
    )


def _within(narrow: Sequence[object], wide: Sequence[object]) -> bool:
    return not wide or (bool(narrow) and set(narrow) <= set(wide))
