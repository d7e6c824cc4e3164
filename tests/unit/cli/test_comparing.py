"""Which of two models is the better one."""

import json
from dataclasses import replace
from uuid import uuid4

import pytest

from services.cli.comparing import Comparison, Score, cases_of, compared
from services.cli.corrections import Correction
from shared.city.cases import Case
from shared.classifier.reader import Reader
from tests.tiny_model import tiny_model
from tests.unit.city.essen import PACK, essen

BETTER = Score(20, 5, 12)
SAME = Score(400, 390, 390)


@pytest.mark.parametrize(
    ("corrections", "cases", "safety", "objection"),
    [
        (BETTER, SAME, SAME, None),
        (BETTER, Score(400, 390, 388), SAME, None),
        (BETTER, Score(400, 390, 387), SAME, "it is worse on the pack's cases"),
        (BETTER, SAME, Score(90, 90, 89), "it sees less of danger and need"),
        (Score(20, 5, 5), SAME, SAME, "it is not better on the corrections"),
        (Score(20, 5, 4), SAME, SAME, "it is not better on the corrections"),
    ],
)
def test_only_what_is_better_and_harms_nothing_is_installed(
    corrections, cases, safety, objection
):
    found = Comparison(corrections, cases, safety).objection()

    assert (found or "").startswith(objection or "")
    assert (found is None) == (objection is None)


def test_an_operator_may_bear_more_loss_on_the_cases_but_none_of_safety():
    worse = Comparison(BETTER, Score(400, 390, 386), SAME)
    blind = Comparison(BETTER, SAME, Score(90, 90, 89))

    assert worse.objection(0.02) is None
    assert blind.objection(0.02)


def a_case(text, **expected):
    return Case.model_validate({"text": text, "expect": expected})


def test_both_models_are_asked_the_same():
    seeing = Reader(essen(), tiny_model())
    blind = Reader(essen(), _without("street-light"))
    lamp = "Laterne defekt am Markt"
    cases = {
        1: a_case(lamp, service="street-light", lane="normal"),
        2: a_case("Es brennt im Keller", lane="danger"),
    }

    found = compared([Correction(uuid4(), lamp, "roads")], cases, blind, seeing)

    assert found.corrections == Score(1, 0, 1)
    assert found.cases == Score(2, 1, 2)
    assert found.safety == Score(1, 1, 1)


def test_a_case_may_name_a_place_and_the_service_that_was_chosen(tmp_path):
    case = {
        "text": "Schlagloch vor Haus 4",
        "at": [51.4622, 6.984],
        "service_code": "dirt",
        "expect": {"department": "cleaning", "routed": True},
    }
    (tmp_path / "cases.jsonl").write_text(json.dumps(case) + "\n")
    reader = Reader(essen(), tiny_model())

    found = compared([], cases_of(tmp_path), reader, reader)

    assert found.cases == Score(1, 1, 1)


def test_a_pack_has_cases_or_none(tmp_path):
    assert len(cases_of(PACK)) > 300
    assert cases_of(tmp_path) == {}


def _without(service):
    """A model that never says this service."""
    model = tiny_model()
    column = model.services.answers.index(service)
    bias = model.services.bias.copy()
    bias[column] = -1000
    return replace(model, services=replace(model.services, bias=bias))
