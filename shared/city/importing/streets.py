"""Makes a pack's `streets.csv` from a list of streets, or from the addresses."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, fields
from itertools import groupby
from math import ceil, floor
from pathlib import Path
from statistics import median

from shared.city.addresses import Address
from shared.city.importing.addresses import read_houses
from shared.city.importing.columns import (
    ADDRESS_COLUMNS,
    STREET_COLUMNS,
    degree,
    header,
    renamed,
    rows,
)
from shared.city.streets import COMMENT, Stretch, full_name

DECIMALS = 4
"""About ten metres."""
BOX = 1000
"""Boxes end at whole thousandths of a degree."""


def read_stretches(file: Path, names: Mapping[str, str]) -> list[Stretch]:
    """The streets of a list of streets or, if it has house numbers, of addresses."""
    columns = renamed(ADDRESS_COLUMNS, names)
    if columns["number"] in header(file):
        return from_houses(read_houses(file, columns))
    return list(_from_list(file, renamed(STREET_COLUMNS, names)))


def write_streets(stretches: Iterable[Stretch], target: Path, attribution: str) -> int:
    """Write *target*, a line for each street and quarter, in the alphabet's order."""
    ordered = sorted(stretches, key=lambda each: (each.street, each.quarter))
    with target.open("w", encoding="utf-8", newline="") as stream:
        stream.write(f"{COMMENT} {attribution}\n")
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(field.name for field in fields(Stretch))
        table.writerows(astuple(stretch) for stretch in ordered)
    return len({stretch.street for stretch in ordered})


def from_houses(houses: Iterable[tuple[str, Address]]) -> list[Stretch]:
    """Each street in each quarter, and which numbers lie there if it has several."""
    streets = defaultdict[str, list[Address]](list)
    for street, house in houses:
        streets[street].append(house)
    found = []
    for street, all_ in streets.items():
        built = [house for house in all_ if house.number] or all_
        for quarter, numbers in _numbers(built).items():
            here = [house for house in built if house.quarter == quarter]
            found.append(_stretch(street, quarter, numbers, here))
    return found


def _from_list(file: Path, columns: Mapping[str, str]) -> Iterator[Stretch]:
    for row in rows(file, columns):
        point = {
            side: degree(row[side])
            for side in ("lat", "long", "south", "west", "north", "east")
        }
        for quarter in row["quarters"].split("|"):
            yield _rounded(full_name(row["street"]), quarter.split(":")[0], "", point)


def _stretch(
    street: str, quarter: str, numbers: str, houses: Sequence[Address]
) -> Stretch:
    """The point is the house nearest to the middle: a bend's middle is off the road."""
    lat, long = median(h.lat for h in houses), median(h.long for h in houses)
    middle = min(houses, key=lambda h: abs(h.lat - lat) + abs(h.long - long))
    point = {
        "lat": middle.lat,
        "long": middle.long,
        "south": min(h.lat for h in houses),
        "west": min(h.long for h in houses),
        "north": max(h.lat for h in houses),
        "east": max(h.long for h in houses),
    }
    return _rounded(street, quarter, numbers, point)


def _rounded(
    street: str, quarter: str, numbers: str, point: Mapping[str, float]
) -> Stretch:
    return Stretch(
        street=street,
        quarter=quarter.strip(),
        numbers=numbers,
        lat=round(point["lat"], DECIMALS),
        long=round(point["long"], DECIMALS),
        south=floor(point["south"] * BOX) / BOX,
        west=floor(point["west"] * BOX) / BOX,
        north=ceil(point["north"] * BOX) / BOX,
        east=ceil(point["east"] * BOX) / BOX,
    )


def _numbers(houses: Sequence[Address]) -> dict[str, str]:
    """The runs of numbers in each quarter; nothing to say if there is only one."""
    quarters = sorted({house.quarter for house in houses})
    if len(quarters) == 1:
        return {quarters[0]: ""}
    runs: dict[str, list[str]] = {quarter: [] for quarter in quarters}
    for odd in (1, 0):
        side = _quarter_of_number(house for house in houses if house.number % 2 == odd)
        for quarter, run in groupby(sorted(side), key=lambda number: side[number]):
            first, *rest = list(run)
            runs[quarter].append(f"{first}-{rest[-1]}" if rest else str(first))
    return {quarter: " ".join(found) for quarter, found in runs.items() if found}


def _quarter_of_number(houses: Iterable[Address]) -> dict[int, str]:
    counts = defaultdict[int, Counter[str]](Counter)
    for house in houses:
        counts[house.number][house.quarter] += 1
    return {number: found.most_common(1)[0][0] for number, found in counts.items()}
