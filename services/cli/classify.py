"""``meldekette classify``: reports in, decisions out, a line for each."""

import sys
from datetime import datetime
from typing import Annotated, Any

import orjson
import typer

from services.cli.answers import common
from services.cli.deciding import (
    BASE,
    ESSEN,
    Answer,
    CityOption,
    ModelOption,
    Point,
    Told,
    Trial,
    moment_of,
    open_trial,
)
from shared.city.city import City


class BrokenLine(ValueError):
    """A line that is no report, and why."""


def classify(
    city: CityOption = ESSEN,
    model: ModelOption = BASE,
    at: Annotated[
        datetime | None,
        typer.Option(
            "--at",
            "--time",
            parser=moment_of,
            metavar="TIME",
            help="When all are received, in the city's time; else now.",
        ),
    ] = None,
) -> None:
    """
    Decide reports as the router does: JSON lines from standard input to output.

    {"id", "description", "lat"?, "long"?, "service_code"?} becomes {"id",
    "service_code", "common_category", "department", "confidence", "routed", "lane",
    "because"}. A broken line is named on standard error, and the others are answered.
    """
    trial = open_trial(city, model, reasons=False)
    moment, broken = trial.moment(at), False
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        try:
            sys.stdout.buffer.write(reply(line, trial, moment))
        except BrokenLine as error:
            typer.echo(f"line {number}: {error}", err=True)
            broken = True
    sys.stdout.buffer.flush()
    if broken:
        raise typer.Exit(1)


def reply(line: bytes, trial: Trial, moment: datetime) -> bytes:
    """The line that answers a line. Raises BrokenLine."""
    id_, told = read_line(line)
    said = {"id": id_, **answered(trial.answer(told, moment), trial.city)}
    return orjson.dumps(said, option=orjson.OPT_APPEND_NEWLINE)


def read_line(line: bytes) -> tuple[Any, Told]:
    """
    The id and the report of a line. Raises BrokenLine.

    Looked at by hand: a model for each line would cost as much as reading its text.
    """
    try:
        given = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise BrokenLine(f"is no JSON: {error}") from None
    if not isinstance(given, dict) or "id" not in given:
        raise BrokenLine("has no id")
    text, service = given.get("description"), given.get("service_code")
    if not isinstance(text, str):
        raise BrokenLine("the description is no text")
    if service is not None and not isinstance(service, str):
        raise BrokenLine("the service_code is no text")
    return given["id"], Told(text, service, _point(given.get("lat"), given.get("long")))


def answered(answer: Answer, city: City) -> dict[str, Any]:
    """What is written about a report."""
    record = answer.decision.record
    return {
        "service_code": answer.service,
        "common_category": common_category(answer, city),
        "department": record.department,
        "confidence": record.confidence,
        "routed": answer.decision.routed and record.department != city.moderation,
        "lane": answer.decision.lane.value,
        "because": record.because,
    }


def common_category(answer: Answer, city: City) -> str | None:
    """The category that all cities share: the service's own, else the likeliest."""
    service = city.services.get(answer.service or "")
    if service is not None and service.common is not None:
        return service.common
    likely = common(answer.reading.shares, city)
    return max(likely, key=lambda name: likely[name], default=None)


def _point(lat: Any, long: Any) -> Point | None:
    if lat is None and long is None:
        return None
    if not (_is_number(lat) and _is_number(long)):
        raise BrokenLine("lat and long are numbers that belong together")
    return float(lat), float(long)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
