"""Topic ``replies``: what reporters say after the report."""

from typing import Literal

from pydantic import TypeAdapter

from shared.contracts.event import ReportEvent, Topic
from shared.contracts.vocabulary import ReplyKind, Sealed


class ReplyReceived(ReportEvent):
    """A reporter has answered. ``content``: MessageContent sealed to the desk."""

    type: Literal["reply.received.v1"] = "reply.received.v1"
    kind: ReplyKind
    content: Sealed | None = None


REPLIES: Topic[ReplyReceived] = Topic(
    name="replies",
    events=TypeAdapter(ReplyReceived),
    key=lambda event: str(event.report_id),
    written_by=("intake",),
    read_by=("desk",),
    retention_days=30,
)
