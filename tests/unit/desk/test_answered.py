"""Does a clerk read question and answer, not their codes?"""

from uuid import uuid4

from services.desk.answered import answered
from shared.contracts.content import DecisionRecord, ReportContent, TaskContent
from tests.unit.city.essen import essen


def shown(service, **attributes):
    report_id = uuid4()
    report = ReportContent(
        report_id=report_id, description="Müll", attributes=attributes
    )
    decision = DecisionRecord(
        department="cleaning",
        service_code=service,
        because="So gelesen.",
        rule="words",
        confidence=0.9,
        model_version="1",
        rules_version="1",
    )
    content = TaskContent(report_id=report_id, report=report, decision=decision)
    return dict(answered(content, essen()))


def test_questions_and_values_are_shown_in_the_citys_language():
    assert shown("illegal-dumping", amount="car", hazards="glass,medical") == {
        "Wie viel ist es?": "Ein Kofferraum voll",
        "Ist etwas Gefährliches dabei?": "Scherben, Spritzen oder Medikamente",
    }


def test_what_nobody_asked_is_shown_as_it_came():
    assert shown("street-light", asset="A,12") == {"asset": "A,12"}
    assert shown(None, amount="car") == {"amount": "car"}


def test_what_is_deleted_has_no_answers():
    assert list(answered(None, essen())) == []
