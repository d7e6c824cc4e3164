"""The point of a street that a house number, or its quarter, leads to."""

from collections.abc import Sequence

from shared.city.addresses import Address, AddressList
from shared.city.geocoding.found import Found, metres
from shared.city.streets import Stretch

EXACT, SAME_NUMBER, NEAR_NUMBER, SOME_NUMBER = 1.0, 0.97, 0.85, 0.6
NEAR = 6
"""Numbers further than that are not next door."""

SIZES = ((200, 0.85), (500, 0.7), (1500, 0.5))
"""Up to how many metres a street is that long, and how sure its middle is."""
VAST = 0.35


def on_street(
    stretches: Sequence[Stretch],
    number: tuple[int, str] | None,
    quarters: frozenset[str],
    addresses: AddressList | None,
) -> Found:
    """The house if the official list knows it, else the middle of the right part."""
    street = stretches[0].street
    houses = addresses.of(street) if addresses and number else ()
    if number and houses:
        return _house(street, houses, number, quarters)
    stretch = min(
        stretches,
        key=lambda each: (
            bool(quarters) and each.quarter not in quarters,
            each.distance_of(number[0]) if number else 0,
            -_size(each),
        ),
    )
    sure = next((sure for size, sure in SIZES if _size(stretch) <= size), VAST)
    where = stretch.lat, stretch.long
    return Found(*where, stretch.quarter, sure, "street", street)


def has_number(
    stretches: Sequence[Stretch], number: int, addresses: AddressList | None
) -> bool:
    """Whether a house with this number stands there, as far as we know."""
    if addresses is None:
        return any(each.numbers and each.holds(number) for each in stretches)
    return any(house.number == number for house in addresses.of(stretches[0].street))


def _house(
    street: str,
    houses: Sequence[Address],
    number: tuple[int, str],
    quarters: frozenset[str],
) -> Found:
    wanted, addition = number
    house = min(
        houses,
        key=lambda each: (
            abs(each.number - wanted) + 2 * (each.number % 2 != wanted % 2),
            each.addition != addition,
            each.quarter not in quarters,
            each.addition,
        ),
    )
    name = f"{street} {house.number}{house.addition}"
    sure = _sureness(house, wanted, addition)
    return Found(house.lat, house.long, house.quarter, sure, "address", name)


def _sureness(house: Address, wanted: int, addition: str) -> float:
    if house.number == wanted:
        return EXACT if house.addition == addition else SAME_NUMBER
    return NEAR_NUMBER if abs(house.number - wanted) <= NEAR else SOME_NUMBER


def _size(stretch: Stretch) -> float:
    """The length of the box around a part of a street, in metres."""
    return metres(stretch.south, stretch.west, stretch.north, stretch.east)
