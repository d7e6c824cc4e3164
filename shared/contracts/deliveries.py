"""Topic ``deliveries``: what became of each message to a reporter."""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from shared.contracts.event import ReportEvent, Topic
from shared.contracts.vocabulary import Channel, Version


class NotificationDelivered(ReportEvent):
    """A message about one version has been handed over on one channel."""

    type: Literal["notification.delivered.v1"] = "notification.delivered.v1"
    version: Version
    channel: Channel


class NotificationFailed(ReportEvent):
    """A message will not arrive on this channel. ``reason``: a code, no address."""

    type: Literal["notification.failed.v1"] = "notification.failed.v1"
    version: Version
    channel: Channel
    reason: str = Field(max_length=80, pattern=r"^[a-z0-9.-]+$")


Delivery = Annotated[
    NotificationDelivered | NotificationFailed, Field(discriminator="type")
]

DELIVERIES: Topic[NotificationDelivered | NotificationFailed] = Topic(
    name="deliveries",
    events=TypeAdapter(Delivery),
    key=lambda event: str(event.report_id),
    written_by=("notifier",),
    read_by=("desk", "notifier"),
    retention_days=30,
)
