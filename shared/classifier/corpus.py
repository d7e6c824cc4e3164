"""Examples to learn from: the project's own written corpus, and a city's history."""

import csv
import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from shared.classifier.alarm import NEED_OF, NO_DANGER
from shared.classifier.examples import Example, Lessons

OWN_WEIGHT = 1.5
"""An own text counts more than a real report: its answer is surely the right one."""

ORDINARY_WEIGHT = 0.5

NEAR_WEIGHT = 3.0
NEAR = frozenset(
    {
        *("homelessness", "fear-space", "youth", "addiction", "noise"),
        *("family-help", "integration", "not-the-city", "other"),
    }
)
"""Services whose everyday reports sound like danger: they must be told apart well."""


class BrokenHistory(ValueError):
    """A file of reports that cannot be learnt from, and why."""


@dataclass(frozen=True)
class Columns:
    """Where a city's file of reports has what."""

    text: str = "text"
    answer: str = "common_category"
    beside: tuple[str, ...] = ()
    """Columns whose value is known beside the text, for example the chosen category."""


def own_lessons(folder: Path) -> Lessons:
    """
    All that was written for this project.

    ``<service>.jsonl`` and ``<service>.<n>.jsonl`` have reports of one service,
    ``other-languages/<language>.jsonl`` name it in each line; ``danger*.jsonl`` has
    what must be seen, ``harmless*.jsonl`` what must not be taken for it.
    """
    services, dangers = [], []
    for file in sorted(folder.glob("**/*.jsonl")):
        name = file.name.partition(".")[0]
        for line in _lines(file):
            if name == "danger":
                answer, weight = str(line["danger"]), OWN_WEIGHT
                dangers.append(Example(line["text"], answer, "danger", weight))
            elif name == "harmless":
                dangers.append(Example(line["text"], NO_DANGER, "harmless", OWN_WEIGHT))
            else:
                service = str(line.get("service", name))
                services.append(Example(line["text"], service, weight=OWN_WEIGHT))
                dangers.append(_no_danger_or_need(line["text"], service))
    return Lessons(services, dangers)


def _no_danger_or_need(text: str, service: str) -> Example:
    weight = NEAR_WEIGHT if service in NEAR else 1.0
    return Example(text, NEED_OF.get(service, NO_DANGER), weight=weight)


def history(file: Path, columns: Columns) -> list[Example]:
    """
    A city's reports (CSV with a header, also gzipped), each text once per answer.

    Raises BrokenHistory.
    """
    found: dict[tuple[str, str], Example] = {}
    for row in rows(file, columns):
        answer, text = row[columns.answer].strip(), told(row, columns)
        if answer and text.strip():
            found[text, answer] = Example(text, answer, "reports")
    if not found:
        raise BrokenHistory(f"{file}: no row has {columns.text} and {columns.answer}")
    return list(found.values())


def rows(file: Path, columns: Columns) -> Iterator[dict[str, str]]:
    """The rows of a city's file. Raises BrokenHistory."""
    with _opened(file) as stream:
        reader = csv.DictReader(stream)
        needed = {columns.text, columns.answer, *columns.beside}
        if missing := sorted(needed - set(reader.fieldnames or ())):
            raise BrokenHistory(f"{file}: no column {', '.join(missing)}")
        yield from reader


def told(row: Mapping[str, str], columns: Columns) -> str:
    """A report's text, with what is known beside it as words of its own."""
    beside = (f"{name}is{_letters(row[name])}" for name in columns.beside)
    return (
        " ".join((row[columns.text], *beside)) if columns.beside else row[columns.text]
    )


def ordinary(examples: Sequence[Example]) -> list[Example]:
    """A city's reports as examples of what is no danger."""
    return [
        Example(each.text, NO_DANGER, each.source, ORDINARY_WEIGHT) for each in examples
    ]


def _letters(value: str) -> str:
    return "".join(letter for letter in value.lower() if letter.isalnum()) or "nothing"


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
        try:
            yield json.loads(line)
        except ValueError as error:
            raise BrokenHistory(f"{file}:{number}: {error}") from error


def _opened(file: Path) -> TextIO:
    if file.suffix == ".gz":
        return gzip.open(file, "rt", encoding="utf-8", newline="")
    return file.open(encoding="utf-8", newline="")
