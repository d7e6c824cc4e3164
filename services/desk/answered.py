"""What the reporter answered, in the words of the question."""

from collections.abc import Iterator

from shared.city.city import City
from shared.city.questions import Question
from shared.city.wording import said_in
from shared.contracts.content import TaskContent


def answered(content: TaskContent | None, city: City) -> Iterator[tuple[str, str]]:
    """Question and answer; as they came where the service does not ask for it."""
    if content is None:
        return
    service = city.services.get(content.decision.service_code or "")
    asked = {each.variable: each for each in (service.questions if service else ())}
    for variable, answer in content.report.attributes.items():
        yield _in_words(variable, answer, asked.get(variable), city)


def _in_words(
    variable: str, answer: str, question: Question | None, city: City
) -> tuple[str, str]:
    if question is None:
        return variable, answer
    own = city.language
    names = {each.key: said_in(each.name, own, own) for each in question.values}
    keys = answer.split(",") if names else [answer]
    said = ", ".join(names.get(key, key) for key in keys)
    return said_in(question.description, own, own), said
