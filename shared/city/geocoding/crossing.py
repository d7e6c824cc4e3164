"""Where two streets meet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shared.city.addresses import AddressList
from shared.city.geocoding.found import metres
from shared.city.streets import Stretch

FAR_METRES = 300
NEAR_DEGREES = 0.001
MOST_HOUSES = 24

Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Meeting:
    """The point between two streets, and how far apart they still are there."""

    lat: float
    long: float
    gap: float

    @property
    def confidence(self) -> float:
        """A corner is sure; streets that only come near each other are not."""
        return max(0.3, 0.95 - 0.6 * min(self.gap / FAR_METRES, 1))


def meeting(
    one: Sequence[Stretch], other: Sequence[Stretch], addresses: AddressList | None
) -> Meeting | None:
    """Where two streets come nearest to each other; None when they never do."""
    overlaps = list(_overlaps(one, other))
    if not overlaps:
        return None
    if addresses:
        ours = _houses(one, overlaps, addresses)
        theirs = _houses(other, overlaps, addresses)
        if ours and theirs:
            return min(
                (_between(a, b) for a in ours for b in theirs),
                key=lambda each: each.gap,
            )
    south, west, north, east = min(overlaps, key=_extent)
    extent = _extent((south, west, north, east)) / 2
    return Meeting((south + north) / 2, (west + east) / 2, extent)


def _overlaps(one: Sequence[Stretch], other: Sequence[Stretch]) -> Iterator[Box]:
    """The boxes in which parts of both streets lie."""
    for a in one:
        for b in other:
            south, north = max(a.south, b.south), min(a.north, b.north)
            west, east = max(a.west, b.west), min(a.east, b.east)
            if south <= north + NEAR_DEGREES and west <= east + NEAR_DEGREES:
                yield (
                    min(south, north),
                    min(west, east),
                    max(south, north),
                    max(west, east),
                )


def _houses(
    street: Sequence[Stretch], boxes: Sequence[Box], addresses: AddressList
) -> list[Point]:
    """The houses of a street in the boxes; every second if they are too many."""
    inside = [
        (house.lat, house.long)
        for house in addresses.of(street[0].street)
        if any(_in(house.lat, house.long, box) for box in boxes)
    ]
    return inside[:: len(inside) // MOST_HOUSES + 1]


def _in(lat: float, long: float, box: Box) -> bool:
    south, west, north, east = box
    return (
        south - NEAR_DEGREES <= lat <= north + NEAR_DEGREES
        and west - NEAR_DEGREES <= long <= east + NEAR_DEGREES
    )


def _between(a: Point, b: Point) -> Meeting:
    return Meeting((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, metres(*a, *b))


def _extent(box: Box) -> float:
    south, west, north, east = box
    return metres(south, west, north, east)
