"""What a reporter sees, and what everybody sees."""

import pytest

from services.intake.cases import Box, Wanted
from services.intake.lists import listed_as
from services.intake.tracking import changed_at, tracked
from shared.contracts.status import Message, Place, Step
from shared.contracts.vocabulary import Lane, Status
from shared.web.problems import Refused
from tests.builders import NOON, SEALED, a_status
from tests.unit.city.essen import essen

MESSAGE = Message(version=2, at=NOON, content=SEALED)
RATHAUS = Place(lat=51.4583, long=7.0158)


def seen(state):
    return tracked(state, essen(), lambda *_: "Welche Laterne?")


def test_a_message_is_opened_for_its_reporter():
    report = seen(a_status(version=2, department="roads", messages=(MESSAGE,)))

    assert report.messages[0].text == "Welche Laterne?"
    assert report.department_name == "Amt für Straßen und Verkehr"


def test_a_message_that_cannot_be_opened_is_left_out():
    state = a_status(version=2, messages=(MESSAGE,))

    assert tracked(state, essen(), lambda *_: None).messages == []


def test_a_confidential_report_says_received_for_ever():
    state = a_status(
        version=5,
        status=Status.DONE,
        lane=Lane.CONFIDENTIAL,
        department="jugendamt",
        expected_at=NOON,
        messages=(MESSAGE,),
    )

    said = seen(state).model_dump(mode="json", exclude_none=True)

    assert (said["version"], said["status"], said["messages"]) == (1, "received", [])
    assert not {"department", "expected_at"} & set(said)
    assert "jugendamt" not in str(said)


def test_the_time_of_a_status_is_that_of_its_last_step():
    later = NOON.replace(hour=15)
    steps = (
        Step(version=1, status=Status.DONE, at=NOON),
        Step(version=2, status=Status.DONE, at=later),
    )

    assert changed_at(a_status(status=Status.DONE, history=steps)) == later


@pytest.mark.parametrize(
    ("given", "public"),
    [
        ({}, True),
        ({"service_code": "street-light"}, True),
        ({"lane": Lane.DANGER}, True),
        ({"lane": Lane.CONFIDENTIAL}, False),
        ({"service_code": "homelessness"}, False),
    ],
)
def test_only_what_the_pack_shows_is_public(given, public):
    assert Wanted().includes(a_status(**given), essen()) is public


def test_a_confidential_report_is_never_listed():
    assert listed_as(a_status(lane=Lane.CONFIDENTIAL)) == ""


def test_a_box_holds_what_lies_in_it():
    box = Box.read("7.0,51.4,7.1,51.5")

    assert box.holds(a_status(place=RATHAUS))
    assert not box.holds(a_status(place=Place(lat=51.3, long=7.0158)))
    assert not box.holds(a_status())


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "a,b,c,d", "7.1,51.4,7.0,51.5", "7,nan,8,52", "7,51,8,91"]
)
def test_a_box_that_is_none_is_refused(text):
    with pytest.raises(Refused):
        Box.read(text)
