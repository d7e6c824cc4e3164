"""``meldekette geocode``: addresses in, points out, a line for each."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from shared.city.geocoding.found import Found, NotFound
from shared.city.pack import BrokenPack, load_city

NOTHING = {"lat": None, "long": None, "quarter": None, "confidence": None}
DECIMALS = 6


def geocode(
    city: Annotated[Path, typer.Option(envvar="CITY_PACK")] = Path(
        "deploy/cities/essen"
    ),
) -> None:
    """
    Find the point of each address: JSON lines from standard input to standard output.

    {"id", "address"} becomes {"id", "lat", "long", "quarter", "confidence"}, with null
    where nothing is found. The official addresses are used when they are imported.
    """
    try:
        geocoder = load_city(city, geocode=True).geocoder
    except BrokenPack as error:
        raise _refused(str(error)) from None
    for number, line in enumerate(sys.stdin, start=1):
        if line.strip():
            id_, address = _read(number, line)
            found = geocoder.find(address)
            typer.echo(json.dumps({"id": id_, **said(found)}, ensure_ascii=False))


def said(found: Found | NotFound) -> dict[str, Any]:
    """What is written about an address."""
    if isinstance(found, NotFound):
        return NOTHING
    return {
        "lat": round(found.lat, DECIMALS),
        "long": round(found.long, DECIMALS),
        "quarter": found.quarter,
        "confidence": round(found.confidence, 3),
    }


def _read(number: int, line: str) -> tuple[Any, str]:
    try:
        asked = json.loads(line)
        id_, address = asked["id"], asked["address"] or ""
    except json.JSONDecodeError as error:
        raise _refused(f"line {number} is no JSON: {error.msg}") from None
    except (KeyError, TypeError):
        raise _refused(f"line {number} has no id and address") from None
    if not isinstance(address, str):
        raise _refused(f"line {number}: the address is no text")
    return id_, address


def _refused(sentence: str) -> typer.Exit:
    typer.echo(sentence, err=True)
    return typer.Exit(1)
