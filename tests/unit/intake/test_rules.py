"""Which lane a report takes, what is wrong with it, which replies make sense."""

from datetime import timedelta

import pytest

from services.intake.rules import course, faults, senseless
from services.intake.schemas import ReportIn
from shared.contracts.vocabulary import Lane, ReplyKind, Status
from tests.builders import NOON
from tests.unit.city.essen import essen, reader

LAMP = "Die Laterne vor dem Haus ist dunkel."
IN_ESSEN = {"lat": 51.4508, "long": 7.0131}


def a_course(description=LAMP, **given):
    return course(ReportIn(description=description, **given), reader())


def wrong(**given):
    return [f.field for f in faults(ReportIn(description=LAMP, **given), essen())]


def test_an_ordinary_report_is_left_to_the_router():
    way = a_course(**IN_ESSEN)

    assert (way.lane, way.decision, way.quarter) == (Lane.NORMAL, None, "Südviertel")


def test_the_public_place_is_not_the_exact_one():
    way = a_course(**IN_ESSEN)

    assert way.place
    assert (way.place.lat, way.place.long) != (51.4508, 7.0131)
    assert abs(way.place.lat - 51.4508) < 0.001


def test_words_of_danger_take_the_lane_of_danger_and_show_the_numbers():
    way = a_course("Hilfe, im Keller brennt es!")

    assert way.lane is Lane.DANGER
    assert way.shows_numbers


@pytest.mark.parametrize(
    ("given", "danger"),
    [
        ({"description": "Im Treppenhaus riecht es stark nach Gas"}, "gas"),
        ({"service_code": "violence-at-home"}, "violence-at-home"),
        ({"service_code": "family-help"}, None),
        ({}, None),
    ],
)
def test_a_course_tells_which_danger_it_is(given, danger):
    assert a_course(**given).danger == danger


@pytest.mark.parametrize(
    ("service", "department"),
    [
        ("child-protection", "jugendamt"),
        ("violence-at-home", "asd"),
        ("elder-in-need", "asd"),
    ],
)
def test_a_confidential_service_decides_the_department(service, department):
    way = a_course(service_code=service, **IN_ESSEN)

    assert way.lane is Lane.CONFIDENTIAL
    assert way.decision
    assert essen().services[service].department == way.decision.department
    assert (way.quarter, way.place) == (None, None)
    assert department in essen().departments


def test_words_about_a_child_in_need_are_confidential_whatever_was_chosen():
    way = a_course(
        "Das Kind nebenan wird jede Nacht geschlagen und schreit.",
        service_code="noise",
    )

    assert way.lane is Lane.CONFIDENTIAL
    assert way.decision
    assert way.decision.department == "jugendamt"


def test_confidential_and_no_word_that_decides_goes_where_the_pack_says():
    way = a_course("Bitte melden Sie sich.", confidential=True)

    assert way.decision
    assert way.decision.department == essen().confidential
    assert way.decision.service_code is None


def test_confidential_with_a_chosen_service_goes_to_its_department():
    way = a_course("Bitte helfen.", service_code="homelessness", confidential=True)

    assert way.decision
    assert way.decision.department == essen().services["homelessness"].department


def test_the_reason_never_holds_what_the_citizen_wrote():
    way = a_course("Das Kind von Familie Canary wird geschlagen.")

    assert way.decision
    assert "Canary" not in way.decision.model_dump_json()


def test_the_language_that_the_reporter_chose_wins():
    assert a_course(contact={"language": "tr"}).language == "tr"
    assert a_course("المصباح في الشارع لا يعمل").language == "ar"


def test_a_good_report_has_no_faults():
    assert wrong(service_code="street-light", **IN_ESSEN) == []


def test_faults_are_named_by_their_field():
    assert wrong(service_code="dragons") == ["service_code"]
    assert wrong(lat=51.45) == ["long"]
    assert wrong(long=7.01) == ["lat"]
    assert wrong(lat=50.94, long=6.96) == ["lat", "long"]
    odd = {"service_code": "street-light", "attributes": {"fault": "odd"}}
    assert wrong(**odd) == ["attributes.fault"]


@pytest.mark.parametrize(
    ("kind", "status", "days", "makes_sense"),
    [
        (ReplyKind.ANSWER, Status.QUESTION, 0, True),
        (ReplyKind.ANSWER, Status.ASSIGNED, 0, False),
        (ReplyKind.REOPEN, Status.DONE, 14, True),
        (ReplyKind.REOPEN, Status.REJECTED, 1, True),
        (ReplyKind.REOPEN, Status.DONE, 15, False),
        (ReplyKind.REOPEN, Status.IN_PROGRESS, 0, False),
        (ReplyKind.WITHDRAW, Status.RECEIVED, 0, True),
        (ReplyKind.WITHDRAW, Status.DONE, 0, False),
        (ReplyKind.FOLLOW, Status.DONE, 99, True),
    ],
)
def test_a_reply_must_fit_where_the_report_stands(kind, status, days, makes_sense):
    why = senseless(kind, status, NOON, NOON + timedelta(days=days))

    assert (why is None) is makes_sense
