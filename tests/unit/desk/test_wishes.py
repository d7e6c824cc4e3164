"""Whether a clerk's wish fits a case."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.desk.model import Case
from services.desk.schemas import Transition
from services.desk.wishes import Wish, changed_case, field_changes, misfits
from shared.contracts.vocabulary import Lane, Status

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
REPORT = UUID(int=7)
DEPARTMENTS = frozenset({"cleaning", "roads"})
SERVICES = frozenset({"dirt", "illegal-dumping"})


def a_wish(**transition: Any) -> Wish:
    return Wish(
        department="cleaning",
        report_id=REPORT,
        transition=Transition(**transition),
        version=2,
        who="token:cleaning",
        at=NOON,
    )


def a_case(**given: Any) -> Case:
    return Case(
        **{
            "report_id": REPORT,
            "department": "cleaning",
            "status": Status.ASSIGNED,
            "lane": Lane.NORMAL,
            "received_at": NOON,
            **given,
        }
    )


@pytest.mark.parametrize(
    ("lane", "transition", "fields"),
    [
        (Lane.NORMAL, {"to": "returned"}, []),
        (Lane.NORMAL, {"to": "returned", "department": "roads"}, []),
        (Lane.NORMAL, {"to": "returned", "department": "moon"}, ["department"]),
        (Lane.NORMAL, {"to": "returned", "department": "cleaning"}, ["department"]),
        (Lane.CONFIDENTIAL, {"to": "returned"}, ["department"]),
        (Lane.NORMAL, {"to": "done", "department": "roads"}, ["department"]),
        (Lane.NORMAL, {"to": "returned", "public_note": "weg"}, ["public_note"]),
        (Lane.CONFIDENTIAL, {"to": "done", "public_note": "gut"}, ["public_note"]),
        (Lane.NORMAL, {"to": "done", "expected_at": NOON}, ["expected_at"]),
        (Lane.NORMAL, {"to": "done", "duplicate_of": UUID(int=8)}, ["duplicate_of"]),
        (Lane.NORMAL, {"to": "duplicate", "duplicate_of": REPORT}, ["duplicate_of"]),
        (Lane.NORMAL, {"to": "duplicate", "duplicate_of": UUID(int=8)}, []),
        (Lane.NORMAL, {"to": "done", "service_code": "dirt"}, []),
        (Lane.DANGER, {"to": "done", "service_code": "dirt"}, []),
        (Lane.NORMAL, {"to": "done", "service_code": "moon"}, ["service_code"]),
        (Lane.NORMAL, {"to": "returned", "service_code": "dirt"}, ["service_code"]),
        (Lane.CONFIDENTIAL, {"to": "done", "service_code": "dirt"}, ["service_code"]),
    ],
)
def test_what_does_not_fit_is_named(
    lane: Lane, transition: dict[str, Any], fields: list[str]
) -> None:
    found = misfits(a_wish(**transition), lane, DEPARTMENTS, SERVICES)

    assert [field for field, _ in found] == fields


def test_a_case_remembers_when_it_was_closed_and_forgets_it_when_opened() -> None:
    done = changed_case(a_case(), a_wish(to="done"))
    again = changed_case(done, a_wish(to="reopened"))

    assert (done.status, done.closed_at) == (Status.DONE, NOON)
    assert (again.status, again.closed_at) == (Status.REOPENED, None)


def test_every_field_that_changes_is_remembered_with_before_and_after() -> None:
    later = NOON + timedelta(days=2)
    case = a_case(expected_at=NOON + timedelta(days=1))
    wish = a_wish(
        to="in_progress", note="intern", public_note="bald", expected_at=later
    )

    found = field_changes(wish, case, changed_case(case, wish), 3)

    assert [(change.field, change.note) for change in found] == [
        ("status", "intern"),
        ("public_note", "bald"),
        ("expected_at", None),
    ]
    assert (found[0].before, found[0].after) == ("assigned", "in_progress")
    assert found[2].after == later.isoformat()
    assert {(change.who, change.version) for change in found} == {("token:cleaning", 3)}


def test_a_corrected_service_is_the_cases_and_remembered() -> None:
    case = a_case(service_code="dirt")
    wish = a_wish(to="in_progress", service_code="illegal-dumping")

    corrected = changed_case(case, wish)
    kept = changed_case(case, a_wish(to="in_progress"))

    assert (corrected.service_code, kept.service_code) == ("illegal-dumping", "dirt")
    _, change = field_changes(wish, case, corrected, 3)
    assert (change.field, change.before, change.after) == (
        *("service_code", "dirt", "illegal-dumping"),
    )
