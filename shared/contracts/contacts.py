"""Topic ``contacts``: how to reach a reporter. A tombstone means: forgotten."""

from typing import Literal

from pydantic import TypeAdapter

from shared.contracts.event import ReportEvent, Topic
from shared.contracts.vocabulary import Sealed


class ContactGiven(ReportEvent):
    """How a reporter wants to be told. ``content``: ContactContent, notifier's key."""

    type: Literal["contact.given.v1"] = "contact.given.v1"
    content: Sealed


CONTACTS: Topic[ContactGiven] = Topic(
    name="contacts",
    events=TypeAdapter(ContactGiven),
    key=lambda event: str(event.report_id),
    written_by=("intake", "desk"),
    read_by=("notifier",),
    compact=True,
    max_compaction_lag_hours=24,
    tombstones=True,
)
