"""Whether a pack's own examples can be tried."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import shapely
from pydantic import ValidationError

from shared.city.cases import CASES, Case, numbered
from shared.city.checking.documents import Mistake
from shared.city.checking.names import Documents, unknown
from shared.city.checking.positions import hull


def wrong_cases(folder: Path, documents: Documents) -> Iterator[Mistake]:
    """Lines that are no example, and names in them that the pack does not have."""
    file = folder / CASES
    if not file.exists():
        return
    city = hull(documents["quarters.geojson"])
    try:
        for number, line in numbered(file):
            for field, message in _wrong(line, documents, city):
                yield Mistake(CASES, number, field, message)
    except UnicodeDecodeError:
        yield Mistake(CASES, 1, "", "is not written in UTF-8")


def _wrong(line: str, documents: Documents, city: Any) -> Iterator[tuple[str, str]]:
    try:
        case = Case.model_validate_json(line)
    except ValidationError as error:
        for each in error.errors(include_url=False):
            field = ".".join(str(step) for step in each["loc"])
            yield field, each["msg"].removeprefix("Value error, ")
        return
    yield from _strangers(case, documents)
    if case.at and city is not None:
        lat, long = case.at
        if not city.intersects(shapely.Point(long, lat)):
            yield "at", "the point is not in the city"


def _strangers(case: Case, documents: Documents) -> Iterator[tuple[str, str]]:
    services = {each.code for each in documents["services.yaml"].model or ()}
    departments = {each.id for each in documents["departments.yaml"].model or ()}
    for field, kind, name, known in (
        ("expect.service", "service", case.expect.service, services),
        ("expect.department", "department", case.expect.department, departments),
        ("service_code", "service", case.service_code, services),
    ):
        if name and (message := unknown(kind, name, known)):
            yield field, message
