"""Which answers to a service's questions can be used."""

import pytest

from services.intake.attributes import wrong_answers
from services.intake.questions import answers_in, asked, fields_of_answers
from shared.city.questions import Question
from tests.unit.city.essen import essen
from tests.unit.city.test_questions import a_question, a_service

LAMP, CAR, RUBBISH, RATS = (
    essen().services[code]
    for code in ("street-light", "abandoned-vehicle", "illegal-dumping", "pests")
)


def wrong(service, **answers):
    return [error.field for error in wrong_answers(answers, service)]


def wrong_for(datatype, answer):
    question = a_question(variable="q", datatype=datatype, values=[])
    return bool(wrong(a_service(question), q=answer))


def test_answers_that_fit_pass():
    assert wrong(LAMP, lamp_number="4711", fault="dark") == []
    assert wrong(RUBBISH, hazards="glass,medical", blocks="yes") == []
    assert wrong(RATS, animal="rat", count="3") == []


def test_what_nobody_asked_passes():
    assert wrong(None, asset="A 12") == []
    assert wrong(LAMP, asset="A 12") == []
    assert wrong(CAR, colour="blue") == []
    assert wrong(essen().services["other"], asset="A 12") == []


@pytest.mark.parametrize(
    ("service", "answers", "field"),
    [
        (LAMP, {"fault": "broken"}, "attributes.fault"),
        (LAMP, {"fault": "dark,flickers"}, "attributes.fault"),
        (LAMP, {"lamp_number": "47\n11"}, "attributes.lamp_number"),
        (RUBBISH, {"hazards": "glass,gold"}, "attributes.hazards"),
        (RUBBISH, {"hazards": "glass,glass"}, "attributes.hazards"),
        (RATS, {"animal": "rat", "count": "many"}, "attributes.count"),
    ],
)
def test_an_answer_that_does_not_fit_is_named(service, answers, field):
    assert wrong(service, **answers) == [field]


def test_who_answers_must_answer_what_is_required_and_who_does_not_need_not():
    assert wrong(CAR) == []
    assert wrong(CAR, since="weeks") == ["attributes.kind"]
    assert wrong(CAR, kind="", since="weeks") == ["attributes.kind"]
    assert wrong(CAR, kind="car", since="") == []


@pytest.mark.parametrize(
    ("datatype", "answer", "is_wrong"),
    [
        ("number", "3", False),
        ("number", "-2,5", False),
        ("number", "2.50", False),
        ("number", "3 Ratten", True),
        ("number", "٣", True),
        ("number", "1e9", True),
        ("datetime", "2026-03-02", False),
        ("datetime", "2026-03-02T12:00:00+01:00", False),
        ("datetime", "gestern", True),
        ("text", "eine\nzweite Zeile", False),
        ("string", "eine\nzweite Zeile", True),
    ],
)
def test_an_answer_has_the_type_of_its_question(datatype, answer, is_wrong):
    assert wrong_for(datatype, answer) is is_wrong


def test_a_form_gives_answers_as_a_program_would():
    fields = {
        "service_code": "illegal-dumping",
        "questions_of": "illegal-dumping",
        "attributes.amount": " bag ",
        "attributes.hazards.glass": "glass",
        "attributes.hazards.medical": "medical",
        "attributes.blocks": "",
    }

    assert answers_in(fields) == {"amount": "bag", "hazards": "glass,medical"}
    assert answers_in({**fields, "service_code": "dirt"}) == {}
    carried = {"service_code": "illegal-dumping", **fields_of_answers(fields)}
    assert carried == fields


def test_a_question_is_asked_in_the_readers_language_and_keeps_its_answer():
    fields = {"attributes.fault": "dark"}

    number, fault, _ = asked(LAMP, fields, "en", "de")

    assert number.text == "Which number is on the pole?"
    assert [value.key for value in fault.offered if value.chosen] == ["dark"]


def test_a_language_that_the_question_lacks_is_answered_in_the_citys_own():
    question = Question.model_validate(a_question())

    [only] = asked(a_service(question.model_dump()), {}, "tr", "de")

    assert only.text == "Versperrt es den Weg?"
