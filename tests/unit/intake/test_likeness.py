"""Which earlier reports are proposed, and to whom nothing is."""

from datetime import timedelta
from uuid import uuid4

import pytest

from services.intake.likeness import likely
from services.intake.lists import Placed, placed_as
from services.intake.rules import course
from services.intake.schemas import ReportIn
from shared.city.place import METRES_PER_DEGREE, rounded
from shared.contracts.status import Place
from shared.contracts.vocabulary import Lane, Status
from tests.builders import NOON, a_status
from tests.unit.city.essen import essen, reader

LAMP = "Die Straßenlaterne vor dem Haus ist dunkel."
LAT, LONG = 51.4508, 7.0131
HERE = {"lat": LAT, "long": LONG}
RADIUS = 30


def subject(description=LAMP, **given):
    report = ReportIn.model_validate({"description": description, **HERE, **given})
    return course(report, reader()).subject


def a_lamp(north=0.0, days=0.0, service_code="street-light"):
    """An earlier report so many metres to the north, so many days ago."""
    lat, long = rounded(LAT + north / METRES_PER_DEGREE, LONG)
    return Placed(uuid4(), service_code, NOON - timedelta(days=days), lat, long)


def proposed(*near, **given):
    found = subject(**{"service_code": "street-light", **given})
    assert found
    return likely(found, near, NOON)


@pytest.mark.parametrize("north", range(0, 50, 5))
def test_a_report_at_the_very_place_is_found_however_the_grid_lies(north):
    lat = LAT + north / METRES_PER_DEGREE
    row = Placed(uuid4(), "street-light", NOON, *rounded(lat, LONG))

    [found] = proposed(row, lat=lat)

    assert (found.metres, found.score) == (0, 1.0)


def test_none_beyond_the_radius_of_its_service_and_the_error_of_the_grid():
    assert proposed(a_lamp(north=25))
    assert proposed(a_lamp(north=RADIUS + 52)) == []
    assert all(found.metres <= RADIUS for found in proposed(a_lamp(north=RADIUS)))


def test_none_that_is_older_than_its_service_says():
    assert proposed(a_lamp(days=29))
    assert proposed(a_lamp(days=31)) == []


def test_none_of_another_service():
    assert proposed(a_lamp(service_code="green")) == []


def test_the_nearer_and_the_younger_come_first():
    near, old, far = a_lamp(), a_lamp(days=20), a_lamp(north=50)

    for worse in (old, far):
        first, second = proposed(worse, near)

        assert (first.report_id, second.report_id) == (near.report_id, worse.report_id)
        assert 1 >= first.score > second.score >= 0


def test_a_report_that_is_sent_again_is_not_its_own_duplicate():
    lamp = a_lamp()
    found = subject(service_code="street-light")

    assert found
    assert likely(found, [lamp], NOON, own=lamp.report_id) == []


def test_without_a_choice_the_words_say_what_it_is_about_and_how_surely():
    chosen, read = subject(service_code="street-light"), subject()

    assert chosen
    assert read
    assert read.service.code == chosen.service.code == "street-light"
    assert read.sure < chosen.sure == 1.0


@pytest.mark.parametrize(
    "given",
    [
        {"description": "Hilfe, im Keller brennt es!"},
        {"description": "Das Kind nebenan wird jede Nacht geschlagen."},
        {"service_code": "child-protection"},
        {"service_code": "homelessness"},
        {"service_code": "noise"},
        {"service_code": "street-light", "confidential": True},
        {"service_code": "street-light", "lat": None, "long": None},
    ],
    ids=[
        "fire",
        "a child in need",
        "confidential service",
        "service without public view",
        "service of which each is another",
        "confidential by choice",
        "no place",
    ],
)
def test_nobody_is_asked_in_danger_in_confidence_or_without_a_place(given):
    assert subject(**given) is None


def test_only_public_services_have_a_radius():
    wrong = [
        code
        for code, service in essen().services.items()
        if service.duplicate_metres and not service.public
    ]

    assert wrong == []


@pytest.mark.parametrize(
    "given",
    [
        {"lane": Lane.CONFIDENTIAL},
        {"status": Status.DONE},
        {"status": Status.REJECTED},
        {"status": Status.DUPLICATE},
        {"place": None},
        {"service_code": None},
        {"place": Place(lat=-90, long=0)},
    ],
)
def test_only_open_public_reports_with_place_and_service_are_listed_by_place(given):
    lamp = {"service_code": "street-light", "place": Place(lat=51.45, long=7.01)}

    assert placed_as(a_status(**lamp))
    assert placed_as(a_status(**{**lamp, **given})) == ""


def test_what_the_list_says_is_read_again():
    state = a_status(service_code="street-light", place=Place(lat=51.45, long=7.01))

    placed = Placed.read(placed_as(state), 51.45, 7.01)

    assert placed.report_id == state.report_id
    assert placed.service_code == state.service_code
    assert placed.received_at == state.received_at
