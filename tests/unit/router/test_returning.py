"""Where a report goes after a department has said: not ours."""

from datetime import datetime

import pytest

from services.router.returning import decide_again
from services.router.rules import Where, decide
from shared.contracts.vocabulary import Lane
from tests.builders import a_return
from tests.unit.city.essen import essen, read

NOON = datetime.fromisoformat("2026-03-02T12:00+01:00")
LAMP = "Die Straßenlaterne ist defekt"
LAMP_AND_RUBBISH = f"{LAMP}. Außerdem liegt auf dem Gehweg ein Haufen Sperrmüll."


def again(text=LAMP, **returned):
    where = Where(quarter=None, areas=frozenset(), at=NOON)
    first = decide(None, Lane.NORMAL, read(text), where, essen())
    return decide_again(a_return(**{"department": "roads", **returned}), first, essen())


def test_a_department_that_returns_may_say_whose_it_is():
    decision = again(to_department="utilities")

    assert decision.department == "utilities"
    assert decision.record.rule == "returned.wish"
    assert "hat abgegeben an: Stadtwerke" in decision.record.because


def test_what_the_first_guess_returned_goes_to_the_next():
    assert again().department != "roads"


def test_what_all_guesses_returned_goes_to_moderation():
    decision = again(returned_by=tuple(essen().departments))

    assert decision.department == "moderation"
    assert decision.record.rule == "returned.nobody"


def test_a_wish_that_does_not_exist_is_no_wish():
    assert again(to_department="nasa").department != "nasa"


@pytest.mark.parametrize(
    ("sender", "other"), [("roads", "cleaning"), ("cleaning", "roads")]
)
def test_a_matter_is_not_guessed_at_who_works_on_another_of_the_report(sender, other):
    alone = again(LAMP_AND_RUBBISH, department=sender)
    decision = again(LAMP_AND_RUBBISH, department=sender, also_at=(other,))

    assert alone.department == other
    assert decision.department not in {sender, other}


def test_a_clerk_may_say_that_both_matters_are_one_departments():
    decision = again(to_department="cleaning", also_at=("cleaning",))

    assert decision.department == "cleaning"
