"""Topic ``alerts``: a quarter changes. Lagebild, which writes it, comes later."""

from typing import Literal

from pydantic import Field, TypeAdapter

from shared.contracts.event import Event, Topic
from shared.contracts.vocabulary import Quarter, ServiceCode


class AlertRaised(Event):
    """A quarter has far more reports of a service in a week (ISO 8601) than usual."""

    type: Literal["alert.raised.v1"] = "alert.raised.v1"
    quarter: Quarter
    service_code: ServiceCode
    week: str = Field(pattern=r"^\d{4}-W\d{2}$")


ALERTS: Topic[AlertRaised] = Topic(
    name="alerts",
    events=TypeAdapter(AlertRaised),
    key=lambda event: str(event.event_id),
    written_by=("lagebild",),
    read_by=("desk",),
    retention_days=365,
)
