"""What is counted of routing, and what is not."""

import pytest
from prometheus_client import REGISTRY

from services.router import metrics
from shared.contracts.vocabulary import Lane
from tests.builders import a_return, a_task


def counted(what, department):
    name = f"meldekette_router_{what}_total"
    return REGISTRY.get_sample_value(name, {"department": department}) or 0


@pytest.mark.parametrize(
    ("what", "count", "event"),
    [
        ("assigned", metrics.assigned, a_task),
        ("returned", metrics.returned, a_return),
    ],
)
def test_tasks_are_counted_by_department_but_confidential_ones_not(what, count, event):
    before = counted(what, "roads")

    count(event(department="roads"))
    count(event(department="roads", lane=Lane.DANGER))
    count(event(department="roads", lane=Lane.CONFIDENTIAL))

    assert counted(what, "roads") == before + 2
