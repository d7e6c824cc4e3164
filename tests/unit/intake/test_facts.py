"""The events of a report: sealed to the right reader, silent where they must be."""

import pytest

from services.intake.facts import (
    Accepted,
    contact_given,
    first_status,
    report_received,
)
from services.intake.rules import course
from services.intake.schemas import ReportIn
from shared.contracts.content import ContactContent, ReportContent, TaskContent
from shared.identity import new_tracking_code, report_id_of
from shared.sealing import CannotOpen, Opener, Sealer, write_key_pair
from tests.builders import NOON
from tests.unit.city.essen import reader

LAMP = {
    "description": "Die Laterne vor dem Haus ist dunkel.",
    "address": "Canarystraße 7",
    "lat": 51.4508,
    "long": 7.0131,
    "contact": {"email": "canary@example.org"},
}


@pytest.fixture
def keys(tmp_path):
    for name in ("router", "notifier", "department-jugendamt"):
        write_key_pair(name, tmp_path, (tmp_path / "private",))
    return tmp_path


@pytest.fixture
def sealer(keys):
    return Sealer(keys)


@pytest.fixture
def opener(keys):
    return Opener(keys / "private")


def accepted(**given):
    report = ReportIn.model_validate({**LAMP, **given})
    code = new_tracking_code()
    way = course(report, reader())
    return Accepted(report, way, report_id_of(code), code, NOON)


def test_the_router_reads_what_the_citizen_said(sealer, opener):
    given = accepted(service_code="street-light")

    event = report_received(given, sealer)

    content = opener.open("router", event.content, given.report_id, ReportContent)
    assert content.description == LAMP["description"]
    assert (event.service_code, event.department) == ("street-light", None)


def test_a_confidential_report_is_for_its_department_alone(sealer, opener):
    given = accepted(service_code="child-protection")

    event = report_received(given, sealer)

    task = opener.open(
        "department-jugendamt", event.content, given.report_id, TaskContent
    )
    assert task.decision.service_code == "child-protection"
    assert (event.service_code, event.quarter) == (None, None)
    with pytest.raises(CannotOpen):
        opener.open("router", event.content, given.report_id, ReportContent)


def test_the_contact_carries_the_code_to_the_notifier_alone(sealer, opener):
    given = accepted()

    event = contact_given(given, sealer)

    assert event
    content = opener.open("notifier", event.content, given.report_id, ContactContent)
    assert (content.email, content.tracking_code, content.language) == (
        "canary@example.org",
        given.tracking_code,
        "de",
    )


def test_who_gave_no_address_has_no_contact(sealer):
    assert contact_given(accepted(contact={"language": "en"}), sealer) is None
    assert not first_status(accepted(contact=None)).tell


def test_nothing_personal_is_clear(sealer):
    given = accepted()

    events = (contact_given(given, sealer), report_received(given, sealer))
    clear = "".join(event.model_dump_json() for event in events if event)
    clear += first_status(given).model_dump_json()

    for secret in ("anary", "Laterne", "51.4508", given.tracking_code):
        assert secret not in clear


def test_the_same_report_has_the_same_event_ids(sealer):
    given = accepted()

    assert report_received(given, sealer).event_id == (
        report_received(given, sealer).event_id
    )


def test_the_first_status_of_a_confidential_report_is_silent():
    state = first_status(accepted(service_code="child-protection"))

    assert (state.version, state.service_code, state.place, state.quarter) == (
        1,
        None,
        None,
        None,
    )
