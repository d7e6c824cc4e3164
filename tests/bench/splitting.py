"""``python -m tests.bench.splitting [COUNT]``: which reports name several matters."""

import csv
import sys
import time
from collections.abc import Callable, Iterator
from random import Random

from services.router.rules import Decision, Where
from services.router.splitting import decide_each
from shared.contracts.vocabulary import Lane
from tests.unit.city.essen import DATA, reader
from tests.unit.router.test_splitting import NOON, departments, written

CITIES = ("berlin-ordnungsamt", "konstanz-2020-2022", "oldenburg")
WHERE = Where(quarter=None, areas=frozenset(), at=NOON)


def main(count: int) -> None:
    """Show every split of *count* real reports, then say how many and how long."""
    texts = [text for name in CITIES for text in _texts(name)]
    Random(4).shuffle(texts)
    split = [text for text in texts[:count] if _shown(text)]
    print(f"{len(split)} of {len(texts[:count])} real reports are split")
    own = written("two-matters")
    right = sum(departments(each["text"]) == each["departments"] for each in own)
    print(f"{right} of {len(own)} texts written with two matters are split rightly")
    one = [each["text"] for each in written("one-matter")]
    wrong = sum(len(departments(text)) > 1 for text in one)
    print(f"{wrong} of {len(one)} texts written with one matter are split")
    whole = _milliseconds(reader().read, texts)
    parts = _milliseconds(_decided, texts)
    print(
        f"reading {whole:.3f} ms a report, with splitting and deciding {parts:.3f} ms"
    )


def _texts(name: str) -> Iterator[str]:
    with (DATA / "reports" / f"{name}.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            yield row["text"]


def _decided(text: str) -> tuple[Decision, ...]:
    return decide_each(text, None, Lane.NORMAL, WHERE, reader())


def _shown(text: str) -> bool:
    found = _decided(text)
    if len(found) > 1:
        services = ", ".join(f"{each.record.service_code}" for each in found)
        print(f"[{services}] {' / '.join(text.splitlines())}\n")
    return len(found) > 1


def _milliseconds(
    work: Callable[[str], object], texts: list[str], count: int = 1000
) -> float:
    began = time.process_time()
    for text in texts[:count]:
        work(text)
    return (time.process_time() - began) / count * 1000


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000)
