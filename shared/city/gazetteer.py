"""The parts of a pack that only some ask for: streets, places, areas, addresses."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from shared.city.addresses import ADDRESSES, AddressList, read_addresses
from shared.city.areas import Area, read_areas
from shared.city.places import Place, read_places
from shared.city.streets import Stretch, read_streets

T = TypeVar("T")


@dataclass(frozen=True)
class Gazetteer:
    """
    Reads each file when it is first asked for, so that who needs none pays for none.

    Every file may be missing: a small town has few streets, and no areas at all.
    """

    folder: Path | None = None

    @cached_property
    def streets(self) -> tuple[Stretch, ...]:
        """Every street, in each quarter that it runs through."""
        return self._read("streets.csv", read_streets) or ()

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Well-known places."""
        return self._read("places.yaml", read_places) or ()

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """Areas in which a place decides."""
        return self._read("areas.geojson", read_areas) or ()

    @cached_property
    def addresses(self) -> AddressList | None:
        """The official addresses, if the city has put them beside the pack."""
        return self._read(ADDRESSES, read_addresses)

    def _read(self, name: str, read: Callable[[Path], T]) -> T | None:
        file = self.folder / name if self.folder else None
        return read(file) if file and file.exists() else None
