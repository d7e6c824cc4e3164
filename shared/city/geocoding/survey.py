"""What a geocoder knows of its city."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from shared.city.addresses import AddressList
from shared.city.geocoding.outside import Surroundings
from shared.city.places import Place
from shared.city.streets import Stretch


@dataclass(frozen=True, kw_only=True)
class Survey:
    """Everything that has a place; `quarters` are their middles."""

    city: str
    quarters: Mapping[str, tuple[float, float]]
    streets: Sequence[Stretch]
    places: Sequence[Place]
    addresses: AddressList | None
    surroundings: Surroundings
    quarter_of: Callable[[float, float], str | None]
