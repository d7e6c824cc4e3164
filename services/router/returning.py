"""Where a report goes after a department has said: not ours. As pure as the rules."""

from dataclasses import replace

from services.router.rules import Decision, name_of
from shared.city.city import City
from shared.contracts.returns import TaskReturned


def decide_again(returned: TaskReturned, first: Decision, city: City) -> Decision:
    """
    Choose anew after a department has said: not ours.

    Its wish counts, for it has read the report. Else the next best guess: none that
    has returned the report, nor one that works on another matter of it; else
    moderation.
    """
    wish = returned.to_department
    returned_by = returned.returned_by or (returned.department,)
    if wish is not None and wish in city.departments:
        sender, target = name_of(returned_by[-1], city), name_of(wish, city)
        because = f"{sender} hat abgegeben an: {target}."
        return _moved(first, wish, first.record.service_code, because, "returned.wish")
    guesses = [(first.record.service_code, first.department)] + [
        (other.service_code, other.department) for other in first.record.alternatives
    ]
    for code, department in guesses:
        if department not in (*returned_by, *returned.also_at):
            because = (
                f"Nächstbeste Zuordnung nach Rückgabe: {name_of(department, city)}."
            )
            return _moved(first, department, code, because, "returned.next")
    return _moved(
        first,
        city.moderation,
        None,
        "Niemand hält sich für zuständig.",
        "returned.nobody",
    )


def _moved(
    first: Decision, department: str, service: str | None, because: str, rule: str
) -> Decision:
    changes = {
        "department": department,
        "service_code": service,
        "because": because,
        "rule": rule,
    }
    return replace(first, record=first.record.model_copy(update=changes))
