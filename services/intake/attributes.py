"""Whether answers to a service's questions can be used. As pure as the rules."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from shared.city.questions import Datatype, Question
from shared.city.service import Service
from shared.web.problems import FieldError, plain_name

SEPARATOR = ","
"""Between the answers to a question that takes several."""

_NUMBER = re.compile(r"-?[0-9]{1,9}([.,][0-9]{1,6})?\Z")


def wrong_answers(
    answers: Mapping[str, str], service: Service | None
) -> Iterator[FieldError]:
    """
    What is wrong with the answers to the questions of the chosen service.

    Strict only in answers to what was asked. What nobody asked is passed on as it is:
    programs sent attributes before there were questions. Who answers none of them may
    leave out even what is required.
    """
    questions = service.questions if service else ()
    if not any(question.variable in answers for question in questions):
        return
    for question in questions:
        variable = question.variable
        if variable in answers:
            if wrong := _wrong(question, answers[variable]):
                yield FieldError(field_of(variable), wrong)
        elif question.required:
            yield FieldError(field_of(variable), "is missing")


def field_of(variable: str) -> str:
    """How an answer is called among the fields of a report."""
    return plain_name(("attributes", variable))


def _wrong(question: Question, answer: str) -> str | None:
    """Why an answer is none to this question."""
    if not answer.strip():
        return "is missing" if question.required else None
    if question.values:
        return _wrong_choice(question, answer)
    return _wrong_value(question.datatype, answer)


def _wrong_choice(question: Question, answer: str) -> str | None:
    several = question.datatype == "multivaluelist"
    keys = answer.split(SEPARATOR) if several else [answer]
    if set(keys) <= set(question.keys) and len(keys) == len(set(keys)):
        return None
    known = f"must be of {', '.join(question.keys)}"
    return f"{known}, each once, with commas between" if several else known


def _wrong_value(datatype: Datatype, answer: str) -> str | None:
    if datatype == "number":
        return None if _NUMBER.match(answer) else "must be a number"
    if datatype == "datetime":
        return None if _is_time(answer) else "must be a date or time as in ISO 8601"
    one_line = datatype == "text" or len(answer.splitlines()) == 1
    return None if one_line else "must be one line"


def _is_time(answer: str) -> bool:
    try:
        datetime.fromisoformat(answer)
    except ValueError:
        return False
    return True
