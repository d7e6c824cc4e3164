"""The questions of a service as the form shows them, and the answers in the form."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from services.intake.attributes import SEPARATOR, field_of
from shared.city.models import Language
from shared.city.questions import Question
from shared.city.service import Service
from shared.city.wording import said_in

OF = "questions_of"
"""The form's field that says whose questions it shows."""


@dataclass(frozen=True)
class Offered:
    """A value of a list; `field` where each can be chosen on its own."""

    key: str
    name: str
    field: str
    chosen: bool


@dataclass(frozen=True)
class Asked:
    """A question in the reader's language, with what was answered before."""

    field: str
    datatype: str
    required: bool
    text: str
    answer: str
    offered: tuple[Offered, ...]


def asked(
    service: Service | None, fields: Mapping[str, str], language: str, own: Language
) -> list[Asked]:
    """What the form asks about a service, if it is known and asks anything."""
    if service is None:
        return []
    return [_asked(each, fields, language, own) for each in service.questions]


def answers_in(fields: Mapping[str, str]) -> dict[str, str]:
    """
    The answers of a form, by variable; what is empty was not answered.

    Questions that were shown for another service than the one chosen now are forgotten.
    """
    if fields.get(OF, "") != fields.get("service_code", ""):
        return {}
    found = defaultdict[str, list[str]](list)
    for name, said in fields.items():
        kind, _, rest = name.partition(".")
        if kind == "attributes" and said.strip():
            found[rest.partition(".")[0]].append(said.strip())
    return {variable: SEPARATOR.join(said) for variable, said in found.items()}


def fields_of_answers(fields: Mapping[str, str]) -> dict[str, str]:
    """The form's own fields of the answers, to be carried through another page."""
    return {
        name: said
        for name, said in fields.items()
        if name == OF or name.partition(".")[0] == "attributes"
    }


def _asked(
    question: Question, fields: Mapping[str, str], language: str, own: Language
) -> Asked:
    field = field_of(question.variable)
    offered = tuple(
        Offered(
            choice.key,
            said_in(choice.name, language, own),
            f"{field}.{choice.key}",
            choice.key in {fields.get(field), fields.get(f"{field}.{choice.key}")},
        )
        for choice in question.values
    )
    return Asked(
        field,
        question.datatype,
        question.required,
        said_in(question.description, language, own),
        fields.get(field, ""),
        offered,
    )
