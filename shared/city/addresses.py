"""The city's official addresses, if it has put them beside its pack."""

import csv
import gzip
import sys
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from shared.city.streets import facts

ADDRESSES = "addresses.csv.gz"
REMEMBERED_STREETS = 256


class Address(NamedTuple):
    """A house and where it stands."""

    number: int
    addition: str
    lat: float
    long: float
    quarter: str


class AddressList:
    """
    All addresses, street by street.

    They stay packed as text until their street is asked for: unpacked they would
    fill more memory than all else that a service keeps.
    """

    def __init__(self, packed: dict[str, list[tuple[str, str]]]) -> None:
        self._packed = packed
        self.of = lru_cache(maxsize=REMEMBERED_STREETS)(self._unpacked)

    def _unpacked(self, street: str) -> tuple[Address, ...]:
        """The houses of a street; none when the list does not know it."""
        return tuple(
            _address(packed, quarter)
            for quarter, houses in self._packed.get(street, ())
            for packed in houses.split()
        )


def read_addresses(file: Path) -> AddressList:
    """The list that `meldekette city import --addresses` has made."""
    packed = defaultdict[str, list[tuple[str, str]]](list)
    csv.field_size_limit(sys.maxsize)
    with gzip.open(file, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(facts(stream)):
            packed[row["street"]].append((row["quarter"], row["houses"]))
    return AddressList(dict(packed))


def _address(packed: str, quarter: str) -> Address:
    number, addition, lat, long = packed.split(":")
    return Address(int(number), addition, float(lat), float(long), quarter)
