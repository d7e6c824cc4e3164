"""Does the pack ask what helps, in words that people understand, and no more?"""

import pytest
from pydantic import ValidationError

from shared.city.questions import Question
from shared.city.service import Service
from tests.unit.city.essen import essen

SILENT = {"other"}
ASKING = [service for service in essen().services.values() if service.questions]
YES_NO = [{"key": "yes", "name": {"de": "Ja"}}, {"key": "no", "name": {"de": "Nein"}}]


def a_question(**given):
    return {
        "variable": "blocks",
        "datatype": "singlevaluelist",
        "description": {"de": "Versperrt es den Weg?"},
        "values": YES_NO,
        **given,
    }


def a_service(*questions):
    return Service.model_validate(
        {
            "code": "dirt",
            "name": {"de": "Schmutz"},
            "department": "cleaning",
            "public": True,
            "promised_days": 5,
            "questions": questions,
        }
    )


def test_every_service_but_the_open_one_asks_at_most_three_questions():
    assert {s.code for s in ASKING} == set(essen().services) - SILENT
    assert all(len(service.questions) <= 3 for service in ASKING)


@pytest.mark.parametrize("service", ASKING, ids=lambda service: service.code)
def test_questions_and_values_are_said_in_every_language_of_the_service(service):
    for question in service.questions:
        for said in (question.description, *(v.name for v in question.values)):
            assert set(said) == set(service.name)
            assert all(said.values())


def test_no_question_is_for_a_person_or_a_number_plate():
    asked = {q.variable for service in ASKING for q in service.questions}

    assert not asked & {"plate", "name", "phone", "email", "person"}
    assert "plate_present" in asked


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"values": []}, "at least two values"),
        ({"values": YES_NO[:1]}, "at least two values"),
        ({"values": YES_NO * 2}, "offered twice: yes, no"),
        ({"datatype": "number"}, "offers no values"),
        ({"datatype": "boolean"}, "datatype"),
        ({"variable": "Blocks the way"}, "variable"),
        ({"description": {}}, "description"),
        ({"description": {"xx": "?"}}, "description"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(wrong, says):
    with pytest.raises(ValidationError, match=says):
        Question.model_validate(a_question(**wrong))


def test_a_service_asks_each_question_once_and_few_of_them():
    with pytest.raises(ValidationError, match="asked twice: blocks"):
        a_service(a_question(), a_question())
    with pytest.raises(ValidationError, match="at most 3"):
        a_service(*(a_question(variable=f"q{n}") for n in range(4)))
