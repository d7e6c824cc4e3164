"""Makes the address list beside a pack from the city's official one."""

import csv
import gzip
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from shared.city.addresses import Address
from shared.city.importing.columns import degree, rows
from shared.city.streets import COMMENT, full_name

DECIMALS = 5
"""About a metre."""

_NAME = re.compile(r"\w")
_NUMBER = re.compile(r"(\d+)\s*([a-z]?)", re.IGNORECASE)


def read_houses(
    file: Path, columns: Mapping[str, str]
) -> Iterator[tuple[str, Address]]:
    """Every house with its street; 0 is the number of the street's own entry."""
    for row in rows(file, columns):
        found = _NUMBER.match(row["number"].strip() + row["addition"].strip())
        number, addition = (int(found[1]), found[2].lower()) if found else (0, "")
        lat, long = degree(row["lat"]), degree(row["long"])
        street = full_name(row["street"])
        quarter = row["quarter"].strip()
        if _NAME.match(street) and quarter:  # lists have lines for "unknown", too
            yield street, Address(number, addition, lat, long, quarter)


def write_addresses(
    houses: Iterable[tuple[str, Address]], target: Path, attribution: str
) -> int:
    """Write *target*, a line for each street and quarter; the same bytes each time."""
    packed = defaultdict[tuple[str, str], list[Address]](list)
    for street, house in houses:
        if house.number:
            packed[street, house.quarter].append(house)
    text = io.StringIO()
    text.write(f"{COMMENT} {attribution}\n")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(("street", "quarter", "houses"))
    for (street, quarter), of_street in sorted(packed.items()):
        table.writerow((street, quarter, " ".join(map(_packed, sorted(of_street)))))
    target.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))
    return sum(map(len, packed.values()))


def _packed(house: Address) -> str:
    lat, long = round(house.lat, DECIMALS), round(house.long, DECIMALS)
    return f"{house.number}:{house.addition}:{lat}:{long}"
