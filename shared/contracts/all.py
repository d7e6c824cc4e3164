"""The one list of topics."""

from collections.abc import Iterable

from shared.contracts.alerts import ALERTS
from shared.contracts.contacts import CONTACTS
from shared.contracts.dead_letters import DEAD_LETTERS
from shared.contracts.deliveries import DELIVERIES
from shared.contracts.event import TopicSettings
from shared.contracts.replies import REPLIES
from shared.contracts.reports import REPORTS
from shared.contracts.returns import RETURNS
from shared.contracts.status import STATUS
from shared.contracts.tasks import tasks


def all_topics(departments: Iterable[str]) -> tuple[TopicSettings, ...]:
    """Every topic of the chain, with one of tasks for each department."""
    return (
        CONTACTS,
        REPORTS,
        *(tasks(department) for department in departments),
        RETURNS,
        STATUS,
        REPLIES,
        DELIVERIES,
        ALERTS,
        DEAD_LETTERS,
    )
