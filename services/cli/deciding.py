"""Decides as the router does, without Kafka: for trying, explaining and comparing."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from services.router.rules import Decision, Where, decide
from shared.city.city import City
from shared.city.pack import BrokenPack
from shared.classifier.reader import Reader, open_reader
from shared.classifier.reading import Reading
from shared.classifier.storing import BrokenModel
from shared.contracts.vocabulary import Lane

ESSEN = Path("deploy/cities/essen")
BASE = Path("deploy/model/base")

CityOption = Annotated[
    Path, typer.Option("--city", envvar="CITY_PACK", help="The city's pack.")
]
ModelOption = Annotated[
    Path, typer.Option("--model", envvar="MODEL_DIR", help="The model's folder.")
]

REMEMBERED = 20_000

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Told:
    """A report as it is told: words, the service chosen, the point (lat, long)."""

    text: str
    service_code: str | None = None
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """How a report was read, where it is, and what was decided."""

    reading: Reading
    where: Where
    decision: Decision

    @property
    def service(self) -> str | None:
        """The service that was decided, or the best guess when none was."""
        return self.decision.record.service_code or self.reading.guess


class Trial:
    """
    The router's mind for one city with one model.

    ``reasons``: whether the words that decided are wanted; without them it is quicker.
    A text that came before is not read again: citizens write "Sperrmüll" every day.
    """

    def __init__(self, reader: Reader, *, reasons: bool = True) -> None:
        self.city: City = reader.city
        read = partial(reader.read, reasons=reasons)
        self._read = lru_cache(maxsize=REMEMBERED)(read)
        self._zone = ZoneInfo(reader.city.timezone)

    def answer(self, told: Told, at: datetime) -> Answer:
        """Decide a report that is received at that moment."""
        quarter, areas = None, frozenset[str]()
        if told.point is not None:
            quarter = self.city.quarter_of(*told.point)
            areas = self.city.areas_at(*told.point)
        reading = self._read(told.text)
        where = Where(quarter=quarter, areas=areas, at=at)
        decision = decide(told.service_code, Lane.NORMAL, reading, where, self.city)
        return Answer(reading, where, decision)

    def moment(self, given: datetime | None) -> datetime:
        """A moment in the city's own time: now, if none is given."""
        if given is None:
            return datetime.now(self._zone)
        if given.tzinfo is None:
            return given.replace(tzinfo=self._zone)
        return given.astimezone(self._zone)


def open_trial(city: Path, model: Path, *, reasons: bool = True) -> Trial:
    """The router's mind, or the end of the command and why."""
    try:
        return Trial(open_reader(city, model, locate=True), reasons=reasons)
    except (BrokenPack, BrokenModel) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


def moment_of(text: str) -> datetime:
    """A moment as an operator writes it: 2026-03-02T23:30, with or without a zone."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no time like 2026-03-02T23:30") from None


def point_of(text: str) -> Point:
    """A point as an operator writes it: LAT,LONG."""
    try:
        lat, long = map(float, text.split(","))
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no LAT,LONG like 51.46,7.01") from None
    if not (-90 <= lat <= 90 and -180 <= long <= 180):
        raise typer.BadParameter(f"{text!r} is no point of the earth")
    return lat, long


Moment = Annotated[
    datetime | None,
    typer.Option(
        "--time",
        parser=moment_of,
        metavar="TIME",
        help="When it is received, in the city's time; else now.",
    ),
]
