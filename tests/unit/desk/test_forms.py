"""What was typed into a case's form."""

from datetime import UTC, datetime

import pytest

from services.desk.forms import Typed, search_of
from shared.contracts.vocabulary import Status
from shared.web.problems import Refused


def test_a_day_means_the_end_of_its_working_time() -> None:
    typed = Typed(to="in_progress", expected_on="2026-07-01")

    wanted = typed.transition("Europe/Berlin", "17:00")

    assert wanted.expected_at == datetime(2026, 7, 1, 15, tzinfo=UTC)


def test_fields_of_other_steps_do_not_disturb() -> None:
    typed = Typed(to="done", note=" ok ", department="roads", duplicate_of="7")

    wanted = typed.transition("Europe/Berlin", "17:00")

    assert wanted.to is Status.DONE
    assert (wanted.note, wanted.department, wanted.duplicate_of) == ("ok", None, None)


def test_the_service_is_corrected_unless_the_case_is_given_back() -> None:
    kept = Typed(to="in_progress", service_code="dirt")
    given = Typed(to="returned", service_code="dirt", department="roads")

    assert kept.transition("Europe/Berlin", "17:00").service_code == "dirt"
    assert given.transition("Europe/Berlin", "17:00").service_code is None


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (Typed(), "to"),
        (Typed(to="question", public_note="  "), "public_note"),
        (Typed(to="flying"), "to"),
        (Typed(to="done", note="x" * 4001), "note"),
        (Typed(to="done", expected_on="morgen"), "expected_on"),
        (Typed(to="duplicate", duplicate_of="7"), "duplicate_of"),
    ],
)
def test_a_field_that_makes_no_sense_is_named(typed: Typed, field: str) -> None:
    with pytest.raises(Refused) as refused:
        typed.transition("Europe/Berlin", "17:00")

    assert [error["field"] for error in refused.value.extras["errors"]] == [field]


def test_a_search_that_makes_no_sense_is_no_search() -> None:
    search = search_of({"status": "flying", "q": "\x00 ", "after": ""})

    assert (search.status, search.words, search.after) == (None, None, None)
