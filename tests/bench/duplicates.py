"""``python -m tests.bench.duplicates``: how many of a city's reports would be asked."""

import csv
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import mean
from uuid import UUID, uuid4

from services.intake.likeness import Subject, likely, subject_of
from services.intake.lists import Placed
from services.intake.schemas import ReportIn
from shared.city.place import rounded
from tests.unit.city.essen import DATA, essen, reader

REPORTS = DATA / "reports" / "konstanz-2020-2022.csv"
OPEN_DAYS = 18
"""So long Essen needs for a report, on average."""

Row = dict[str, str]


@dataclass
class Tally:
    """What came of it; the texts' likeness beside that of any of the same service."""

    seen: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    alike: list[float] = field(default_factory=list)
    any_alike: list[float] = field(default_factory=list)


def main() -> None:
    """Konstanz, as if each report were open for 18 days: who would be asked?"""
    for chosen in (True, False):
        tally = _played(chosen=chosen)
        print(
            f"{'service chosen' if chosen else 'words alone'}: "
            f"{tally.asked.total() / tally.seen:.1%} asked; "
            f"likeness of the texts {mean(tally.alike):.2f}, of any two of the "
            f"service {mean(tally.any_alike):.2f}; {tally.asked.most_common(4)}"
        )


def _played(*, chosen: bool) -> Tally:
    tally, chance = Tally(), Random(1)
    near: deque[Placed] = deque()
    texts: dict[UUID, str] = {}
    for row, at in _rows():
        tally.seen += 1
        while near and at - near[0].received_at > timedelta(days=OPEN_DAYS):
            near.popleft()
        subject = _subject(row, chosen=chosen)
        if subject is None:
            continue
        code = subject.service.code
        if found := likely(subject, near, at):
            any_one = chance.choice([p for p in near if p.service_code == code])
            tally.asked[code] += 1
            tally.alike.append(_likeness(row["text"], texts[found[0].report_id]))
            tally.any_alike.append(_likeness(row["text"], texts[any_one.report_id]))
        here = rounded(subject.lat, subject.long)
        near.append(Placed(uuid4(), code, at, *here))
        texts[near[-1].report_id] = row["text"]
    return tally


def _rows() -> Iterator[tuple[Row, datetime]]:
    with REPORTS.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["lat"]]
    rows.sort(key=lambda row: row["reported_at"])
    for row in rows:
        if len(row["text"].strip()) >= 3:  # as short as intake takes
            yield row, datetime.fromisoformat(row["reported_at"]).replace(tzinfo=UTC)


def _subject(row: Row, *, chosen: bool) -> Subject | None:
    report = ReportIn.model_construct(
        description=row["text"],
        lat=float(row["lat"]),
        long=float(row["lon"]),
        service_code=row["common_category"] or None if chosen else None,
    )
    return subject_of(report, reader().read(report.description), essen())


def _likeness(one: str, other: str) -> float:
    """Which share of their pieces of four letters two texts have in common."""
    mine, theirs = _pieces(one), _pieces(other)
    return len(mine & theirs) / max(1, len(mine | theirs))


def _pieces(text: str) -> set[str]:
    return {text[at : at + 4].lower() for at in range(len(text) - 3)}


if __name__ == "__main__":
    main()
