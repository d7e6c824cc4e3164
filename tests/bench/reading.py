"""
How well reports are read: ``python -m tests.bench.reading [cities history …]``.

Cities that the model has not seen, a city's own history, texts of danger, and time.
Needs the public data beside the project; says so where it is absent.
"""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from services.cli.answers import COMMON, answered
from services.cli.model import learned, show
from shared.city.pack import load_city
from shared.classifier.corpus import (
    Columns,
    history,
    ordinary,
    own_lessons,
    rows,
    told,
)
from shared.classifier.examples import Example, Lessons
from shared.classifier.measuring import figures
from shared.classifier.model import Model
from shared.classifier.reader import Reader, open_reader

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data" / "reports"
PACK = ROOT / "deploy" / "cities" / "essen"
MODEL = ROOT / "deploy" / "model"
SAFETY = ROOT / "tests" / "safety"
CITIES = ("konstanz-2020-2022", "berlin-ordnungsamt", "oldenburg")
SPLIT_YEAR = "2022"


def main(wanted: Sequence[str]) -> int:
    """Print every table that was asked for; all if none was."""
    if not DATA.exists():
        print("Measured only where the public data is: ../shared/data is absent.")
        return 1
    for name in wanted or ("cities", "history", "safety", "speed"):
        {"cities": cities, "history": own, "safety": safety, "speed": speed}[name]()
    return 0


def cities() -> None:
    """Each city by a model that has seen the others and the own corpus, never it."""
    city, corpus = load_city(PACK), own_lessons(MODEL / "corpus")
    known = {name: history(DATA / f"{name}.csv", Columns()) for name in CITIES}
    found = {}
    for name in CITIES:
        others = [each for other in CITIES if other != name for each in known[other]]
        model = _learned(
            Lessons([*corpus.services, *others], [*corpus.dangers, *ordinary(others)])
        )
        answers = [answered(model, city, e, answer=COMMON) for e in known[name]]
        found[f"{name}, never seen"] = {**figures(answers), "drift": 0.0}
    show(found)
    for key in ("accuracy", "macro_f1", "routed", "routed_right"):
        mean = sum(each[key] for each in found.values()) / len(found)
        print(f"mean {key}: {mean:.3f}")


def own() -> None:
    """A city's own words and offices, from its history before the last year."""
    place = ("category", "lat", "lon")
    for answer, beside in (("category", ()), ("office", place)):
        columns = Columns(answer=answer, beside=beside)
        past, coming = _by_year(DATA / "konstanz-2020-2022.csv", columns)
        corpus = own_lessons(MODEL / "corpus")
        model = _learned(Lessons(past, [*corpus.dangers, *ordinary(past)]))
        city = load_city(PACK)
        answers = [answered(model, city, each, answer=answer) for each in coming]
        show({f"Konstanz {SPLIT_YEAR}, {answer}": {**figures(answers), "drift": 0.0}})


def safety() -> None:
    """What is seen of texts of danger, and what is taken for one."""
    reader = open_reader(PACK, MODEL / "base")
    for part in ("open", "sealed"):
        texts = list(_lines(SAFETY / f"danger-{part}.jsonl"))
        for kind in ("plain", "misspelt", "indirect"):
            told_of = [t["text"] for t in texts if t["kind"] == kind]
            _shares(reader, f"danger, {kind} ({part})", told_of)
        calm = [line["text"] for line in _lines(SAFETY / f"ordinary-{part}.jsonl")]
        _shares(reader, f"sounds dangerous, is not ({part})", calm)
    real = [
        row["text"]
        for name in CITIES
        for row in rows(DATA / f"{name}.csv", Columns(answer="text"))
    ]
    _shares(reader, "real reports of three cities", real)


def speed() -> None:
    """Processor time of one reading, on real reports."""
    reader = open_reader(PACK, MODEL / "base")
    texts = [
        row["text"]
        for row in rows(DATA / "konstanz-2020-2022.csv", Columns(answer="text"))
    ]
    times = []
    for text in texts:
        start = time.process_time()
        reader.read(text)
        times.append(1000 * (time.process_time() - start))
    times.sort()
    middle, late = times[len(times) // 2], times[int(len(times) * 0.99)]
    print(f"one reading: median {middle:.2f} ms, 99 % within {late:.2f} ms")


def _shares(reader: Reader, name: str, texts: Sequence[str]) -> None:
    readings = [reader.read(text) for text in texts]
    seen = sum(reading.lane != "normal" for reading in readings)
    first = sum(reading.doubtful for reading in readings)
    print(
        f"{name}: {len(texts)} texts, taken for a danger {seen / len(texts):.4f},"
        f" or read by a person first {(seen + first) / len(texts):.4f}"
    )


def _by_year(file: Path, columns: Columns) -> tuple[list[Example], list[Example]]:
    past, coming = [], []
    for row in rows(file, columns):
        if row[columns.answer] and row["text"].strip():
            late = row["reported_at"] >= SPLIT_YEAR
            each = Example(told(_rounded(row), columns), row[columns.answer], "reports")
            (coming if late else past).append(each)
    return past, coming


def _rounded(row: dict[str, str]) -> dict[str, str]:
    """Places as cells of about a kilometre, so that they come again."""
    return {**row, "lat": row["lat"][:5], "lon": row["lon"][:4]}


def _learned(lessons: Lessons) -> Model:
    return learned(lessons, load_city(PACK), sources=[])


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    for line in file.read_text("utf-8").splitlines():
        yield json.loads(line)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
