"""Which reports of a city's history another pack or model would send elsewhere."""

import csv
import gzip
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from rich.table import Table
from rich.text import Text

from services.cli.deciding import Answer, Told, Trial

GERMAN = "%d.%m.%Y - %H:%M:%S"
LONGEST_EXAMPLE = 70

Way = tuple[str, str]
"""The old and the new department, with the lane where it is not the normal one."""


class WrongHistory(ValueError):
    """A file of reports that cannot be read, and why."""


@dataclass
class Difference:
    """How many reports were decided anew, and which go elsewhere."""

    reports: int = 0
    moved: dict[Way, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def share(self) -> float:
        """The share of reports that go elsewhere."""
        return sum(map(len, self.moved.values())) / max(self.reports, 1)

    @property
    def ways(self) -> list[tuple[Way, list[str]]]:
        """From where to where, and whose texts, the most frequent first."""
        return sorted(self.moved.items(), key=lambda way: (-len(way[1]), way[0]))


def history(file: Path) -> Iterator[tuple[Told, datetime | None]]:
    """
    The reports of a CSV file, also packed with gzip. Raises WrongHistory.

    ``text``; where known ``lat``, ``lon`` or ``long``, ``reported_at``,
    ``service_code``.
    """
    csv.field_size_limit(sys.maxsize)
    try:
        with _opened(file) as stream:
            reader = csv.DictReader(stream)
            if "text" not in (reader.fieldnames or ()):
                raise WrongHistory(f"{file}: no column text")
            for row in reader:
                yield _told(row), _time(row.get("reported_at") or "")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise WrongHistory(f"{file}: {error}") from error


def compared(file: Path, old: Trial, new: Trial, now: datetime | None) -> Difference:
    """Decide a history twice. A report without a time came at *now*."""
    found = Difference()
    for told, at in history(file):
        before = old.answer(told, old.moment(at or now))
        after = new.answer(told, new.moment(at or now))
        found.reports += 1
        way = _goal(before), _goal(after)
        if way[0] != way[1]:
            found.moved[way].append(told.text)
    return found


def as_json(found: Difference, examples: int) -> dict[str, Any]:
    """The difference for programs."""
    return {
        "reports": found.reports,
        "share": round(found.share, 4),
        "moved": [
            {"old": old, "new": new, "count": len(texts), "examples": texts[:examples]}
            for (old, new), texts in found.ways
        ],
    }


def as_table(found: Difference, examples: int) -> Table:
    """The difference for people."""
    table = Table("from", "to", "reports", "share", "for example")
    for (old, new), texts in found.ways:
        share = f"{len(texts) / found.reports:.2%}"
        shown = "\n".join(_short(text) for text in texts[:examples])
        table.add_row(old, new, str(len(texts)), share, Text(shown))
    return table


def _goal(answer: Answer) -> str:
    lane, department = answer.decision.lane.value, answer.decision.department
    return department if lane == "normal" else f"{department} ({lane})"


def _told(row: dict[str, str]) -> Told:
    point = None
    with suppress(ValueError):
        lat, long = row.get("lat") or "", row.get("lon") or row.get("long") or ""
        point = float(lat), float(long)
    return Told(row["text"] or "", row.get("service_code") or None, point)


def _time(written: str) -> datetime | None:
    """A time as ISO 8601 or as Germans write it, with its zone if it has one."""
    with suppress(ValueError):
        return datetime.fromisoformat(written)
    with suppress(ValueError):
        return datetime.strptime(written, GERMAN)  # noqa: DTZ007 (the city's own)
    return None


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_EXAMPLE else f"{line[:LONGEST_EXAMPLE]}…"


def _opened(file: Path) -> TextIO:
    if file.suffix == ".gz":
        return gzip.open(file, "rt", encoding="utf-8-sig", newline="")
    return file.open(encoding="utf-8-sig", newline="")
