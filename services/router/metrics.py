"""What Prometheus sees of routing. No ids, nothing of the confidential lane."""

from prometheus_client import Counter

from shared.contracts.returns import TaskReturned
from shared.contracts.tasks import TaskAssigned
from shared.contracts.vocabulary import Lane

_ASSIGNED = Counter(
    "meldekette_router_assigned_total", "Tasks by who got them", ("department",)
)
_RETURNED = Counter(
    "meldekette_router_returned_total", "Tasks by who gave them back", ("department",)
)


def assigned(task: TaskAssigned) -> None:
    """Count a task for its department."""
    if task.lane is not Lane.CONFIDENTIAL:
        _ASSIGNED.labels(task.department).inc()


def returned(task: TaskReturned) -> None:
    """Count a task that was misrouted to this department."""
    if task.lane is not Lane.CONFIDENTIAL:
        _RETURNED.labels(task.department).inc()
