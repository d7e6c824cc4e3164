"""A city as the services ask for it."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from pydantic import ConfigDict, Field, model_validator

from shared.city.areas import AreaMap
from shared.city.emergency import Emergency
from shared.city.gazetteer import Gazetteer
from shared.city.instead import Signpost, Signposts
from shared.city.joins import Joins
from shared.city.models import (
    Department,
    Language,
    Profile,
    Spot,
    Vocabulary,
)
from shared.city.place import Outline, QuarterMap
from shared.city.routes import Route
from shared.city.service import Service
from shared.city.vocabulary import Lexicon

if TYPE_CHECKING:
    from shared.city.geocoding.geocoder import Geocoder


class City(Profile):
    """A whole pack, checked: whoever is named in it also exists in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    departments: Mapping[str, Department]
    services: Mapping[str, Service]
    vocabularies: Mapping[Language, Vocabulary]
    outlines: tuple[Outline, ...]
    spots: tuple[Spot, ...] = ()
    routes: tuple[Route, ...] = ()
    instead: Mapping[str, Signpost] = Field(default_factory=dict)
    emergency: Emergency | None = None
    gazetteer: Gazetteer = Field(default=Gazetteer(), exclude=True, repr=False)

    @cached_property
    def quarters(self) -> Mapping[str, int]:
        """Every quarter and the number of its district."""
        return {outline.quarter: outline.district for outline in self.outlines}

    @cached_property
    def confidential_services(self) -> tuple[str, ...]:
        """The services of the confidential lane, asked for with every report."""
        return tuple(
            code
            for code, service in self.services.items()
            if service.lane == "confidential"
        )

    @cached_property
    def lexicon(self) -> Lexicon:
        """All words of the pack, compiled once."""
        return Lexicon(self.vocabularies)

    @cached_property
    def signposts(self) -> Signposts:
        """Whom to ask about what is not the city's business, compiled once."""
        return Signposts(self.instead.values())

    @cached_property
    def joins(self) -> Joins:
        """Cuts texts where they turn to another matter."""
        return Joins(self.vocabularies)

    @cached_property
    def _map(self) -> QuarterMap:
        return QuarterMap(self.outlines)

    @cached_property
    def _area_map(self) -> AreaMap:
        return AreaMap(self.gazetteer.areas)

    @cached_property
    def geocoder(self) -> "Geocoder":
        """Finds places by their names; reads streets and addresses when first asked."""
        from shared.city.geocoding.surveying import surveyed

        return surveyed(self)

    def areas_at(self, lat: float, long: float) -> frozenset[str]:
        """The kinds of ground at a point: park, railway … Nothing is the usual one."""
        return self._area_map.at(lat, long)

    def quarter_of(self, lat: float, long: float) -> str | None:
        """The quarter of a point; None outside the city."""
        return self._map.quarter_of(lat, long)

    def contains(self, lat: float, long: float) -> bool:
        """Whether a point lies in the city, give or take 100 m."""
        return self.quarter_of(lat, long) is not None

    @property
    def ordinary_services(self) -> tuple[str, ...]:
        """Every service that is not confidential."""
        services = self.services.values()
        return tuple(each.code for each in services if each.lane == "normal")

    def department_of(self, service_code: str) -> str:
        """Who acts on a service; moderation when the city does not know it."""
        service = self.services.get(service_code)
        return self.moderation if service is None else service.department

    @model_validator(mode="after")
    def _knows_whom_it_names(self) -> "City":
        named = {self.moderation, self.confidential}
        named |= {service.department for service in self.services.values()}
        spoken = {code for route in self.routes for code in route.when.service}
        spoken |= {route.service for route in self.routes if route.service}
        named |= {route.to for route in self.routes}
        for vocabulary in self.vocabularies.values():
            spoken |= vocabulary.named_services
            named |= {danger.department for danger in vocabulary.danger.values()}
        if strangers := named - set(self.departments):
            raise ValueError(f"departments that the pack does not have: {strangers}")
        if strangers := spoken - set(self.services):
            raise ValueError(f"services that the pack does not have: {strangers}")
        return self

    @model_validator(mode="after")
    def _knows_whom_to_call(self) -> "City":
        lost = self.emergency and self.emergency.unknown_numbers(self.phone_numbers)
        if lost:
            raise ValueError(f"phone numbers that the pack does not have: {lost}")
        return self
