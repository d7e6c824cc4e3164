"""Makes a geocoder of a city."""

from shared.city.city import City
from shared.city.geocoding.geocoder import Geocoder
from shared.city.geocoding.outside import Surroundings
from shared.city.geocoding.survey import Survey
from shared.city.place import QuarterMap


def surveyed(city: City, *, addresses: bool = True) -> Geocoder:
    """The geocoder of a city, with its official addresses if they are there."""
    gazetteer = city.gazetteer
    return Geocoder(
        Survey(
            city=city.name,
            quarters=QuarterMap(city.outlines).middles(),
            streets=gazetteer.streets,
            places=gazetteer.places,
            addresses=gazetteer.addresses if addresses else None,
            surroundings=Surroundings(city.postcodes, city.neighbours),
            quarter_of=city.quarter_of,
        )
    )
