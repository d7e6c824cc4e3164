"""Reads a city's own lists, whatever it calls their columns."""

import csv
import gzip
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

QUARTER_COLUMNS = {"quarter": "stadtteil", "district": "stadtbezirk"}
STREET_COLUMNS = {
    "street": "strname",
    "quarters": "stadtteile",
    "lat": "lat_median",
    "long": "lon_median",
    "south": "lat_min",
    "west": "lon_min",
    "north": "lat_max",
    "east": "lon_max",
}
ADDRESS_COLUMNS = {
    "street": "strname",
    "number": "hsnr",
    "addition": "hsnrzu",
    "lat": "lat",
    "long": "lon",
    "quarter": "stadtteil",
}


class WrongList(ValueError):
    """A city's list that does not hold what its columns promise, and why."""


def renamed(defaults: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """Our columns with the names that this city gives them."""
    return {ours: names.get(ours, theirs) for ours, theirs in defaults.items()}


def header(file: Path) -> list[str]:
    """The names of a list's columns, to tell one kind of list from another."""
    with _opened(file) as stream:
        first = stream.readline()
    return next(csv.reader([first], delimiter=_delimiter(first)), [])


def rows(file: Path, columns: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The rows of a CSV file, packed or not, under our names. Raises WrongList."""
    missing = set(columns.values()) - set(header(file))
    if missing:
        raise WrongList(f"{file}: no column {', '.join(sorted(missing))}")
    with _opened(file) as stream:
        first = stream.readline()
        names = next(csv.reader([first], delimiter=_delimiter(first)))
        for row in csv.DictReader(stream, names, delimiter=_delimiter(first)):
            yield {ours: row[theirs] or "" for ours, theirs in columns.items()}


def degree(text: str) -> float:
    """A coordinate, with the comma that some lists write. Raises WrongList."""
    try:
        return float(text.replace(",", "."))
    except ValueError as error:
        raise WrongList(f"{text!r} is no coordinate") from error


@contextmanager
def _opened(file: Path) -> Iterator[IO[str]]:
    """Without the mark that some tables begin with."""
    opener = gzip.open if file.suffix == ".gz" else open
    with opener(file, "rt", encoding="utf-8-sig", newline="") as stream:
        yield stream


def _delimiter(line: str) -> str:
    return ";" if line.count(";") > line.count(",") else ","
