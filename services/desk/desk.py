"""The desk's parts, as its addresses need them."""

from dataclasses import dataclass
from typing import cast

from starlette.requests import Request

from services.desk.changing import Changing
from services.desk.clerks import Clerks
from services.desk.reading import Reading
from shared.city.city import City


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What the API and the pages work with."""

    clerks: Clerks
    reading: Reading
    changing: Changing
    city: City
    demo_login: bool


def desk_of(request: Request) -> Desk:
    """The desk that answers this request."""
    return cast("Desk", request.app.state.desk)
