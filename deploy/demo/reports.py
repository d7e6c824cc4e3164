"""The reports to play: those written for this project, or a file of a city's own."""

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from shared.city.models import Spot

SHORTEST, LONGEST = 3, 4000
WITHHELD = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\0")
"""Characters that intake refuses, so they are left out of a foreign file."""


@dataclass(frozen=True)
class Written:
    """A report as it is posted, and where it should end, where that is known."""

    report: dict[str, Any]
    department: str | None = None
    lane: str | None = None


def load_reports(file: Path) -> list[Written]:
    """The project's own reports, one JSON object a line."""
    reports = []
    for line in file.read_text("utf-8").splitlines():
        report = json.loads(line)
        expected = report.pop("expect")
        reports.append(Written(report, expected["department"], expected["lane"]))
    return reports


def load_table(file: Path, spots: Sequence[Spot]) -> list[Written]:
    """
    A table with the column `text`, moved onto streets of our city.

    The same row is always moved to the same place; every third gets an address to
    write to, so that its answer can be seen.
    """
    with file.open(encoding="utf-8", newline="") as table:
        rows = csv.DictReader(table)
        if "text" not in (rows.fieldnames or ()):
            raise ValueError(f"{file} has no column “text”")
        return [_moved(row, number, spots) for number, row in enumerate(rows)]


def _moved(row: dict[str, str], number: int, spots: Sequence[Spot]) -> Written:
    chance = sha256(f"{number}:{row['text']}".encode()).digest()
    spot = spots[int.from_bytes(chance[:4]) % len(spots)]
    report: dict[str, Any] = {
        "description": _description(row["text"]),
        "lat": spot.lat,
        "long": spot.long,
        "address": f"{spot.street}, {spot.quarter}",
    }
    if chance[4] % 3 == 0:
        email = f"reporter-{number}@example.org"
        report["contact"] = {"email": email, "language": "de"}
    return Written(report)


def _description(text: str) -> str:
    """Within what intake takes: a foreign file has other limits."""
    clean = "".join(letter for letter in text if letter not in WITHHELD).strip()
    return (clean if len(clean) >= SHORTEST else f"Meldung: {clean}")[:LONGEST]


def repeated(reports: Sequence[Written], count: int | None) -> Iterable[Written]:
    """The first *count* reports, from the beginning again when there are fewer."""
    wanted = len(reports) if count is None else count
    return (reports[number % len(reports)] for number in range(wanted))
