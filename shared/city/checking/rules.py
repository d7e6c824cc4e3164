"""Whether every rule of who acts can ever decide, and names what the pack has."""

from collections.abc import Iterator
from typing import Any

from shared.city.checking.documents import Document, Mistake
from shared.city.checking.names import Documents, unknown
from shared.city.routes import Route, flaws


def wrong_routes(documents: Documents) -> Iterator[Mistake]:
    """Strangers, contradictions, and rules behind a wider one."""
    document = documents.get("routes.yaml")
    if document is None or document.model is None:
        return
    for at, route in enumerate(document.model):
        for field, message in _strangers(route, documents):
            yield document.mistake((at, *field), message)
    places = {route.id: at for at, route in enumerate(document.model)}
    for flaw in flaws(document.model, _districts(documents)):
        yield document.mistake((places[flaw.route], "when"), flaw.why)


def _strangers(
    route: Route, documents: Documents
) -> Iterator[tuple[tuple[str, ...], str]]:
    departments = {each.id for each in _entries(documents["departments.yaml"])}
    services = {each.code for each in _entries(documents["services.yaml"])}
    map_ = documents.get("areas.geojson")
    areas = map_.model.features if map_ and map_.model else ()
    kinds = {area.properties.kind for area in areas}
    quarters = set(_districts(documents))
    if message := unknown("department", route.to, departments):
        yield ("to",), message
    if route.service and (message := unknown("service", route.service, services)):
        yield ("service",), message
    for field, kind, names, known in (
        ("service", "service", route.when.service, services),
        ("quarter", "quarter", route.when.quarter, quarters),
        ("area", "kind of area", route.when.area, kinds),
    ):
        for name in names:
            if message := unknown(kind, name, known):
                yield ("when", field), message


def _districts(documents: Documents) -> dict[str, int]:
    map_ = documents["quarters.geojson"].model
    if map_ is None:
        return {}
    return {each.properties.quarter: each.properties.district for each in map_.features}


def _entries(document: Document) -> tuple[Any, ...]:
    return tuple(document.model or ())
