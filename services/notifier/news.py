"""Says on Kafka what became of a telling."""

from datetime import UTC, datetime
from uuid import UUID

import structlog

from services.notifier import metrics
from services.notifier.outbox import Claim
from services.notifier.rules import cause
from shared.contracts.deliveries import (
    DELIVERIES,
    NotificationDelivered,
    NotificationFailed,
)
from shared.contracts.event import event_id
from shared.contracts.vocabulary import Channel
from shared.kafka.publisher import Publisher

log = structlog.get_logger()

DELIVERED = "notification.delivered.v1"
FAILED = "notification.failed.v1"


class News:
    """Writes deliveries. A telling's event has the same id each time."""

    def __init__(self, publisher: Publisher) -> None:
        self._publisher = publisher

    async def delivered(self, claim: Claim, channel: Channel) -> None:
        """It was handed over. Raises BrokerAway."""
        event = NotificationDelivered(
            event_id=_event_id(claim, DELIVERED, channel),
            occurred_at=datetime.now(UTC),
            report_id=claim.report_id,
            version=claim.notice.version,
            channel=channel,
        )
        await self._publisher.publish(DELIVERIES, event)
        metrics.TOLD.labels(channel, "delivered").inc()
        log.info("notice.delivered", channel=channel)

    async def failed(self, claim: Claim, channel: Channel, reason: str) -> None:
        """It will not arrive. Raises BrokerAway."""
        event = NotificationFailed(
            event_id=_event_id(claim, FAILED, channel),
            occurred_at=datetime.now(UTC),
            report_id=claim.report_id,
            version=claim.notice.version,
            channel=channel,
            reason=reason,
        )
        await self._publisher.publish(DELIVERIES, event)
        metrics.TOLD.labels(channel, "failed").inc()
        log.info("notice.failed", channel=channel, reason=reason)


def _event_id(claim: Claim, type_: str, channel: Channel) -> UUID:
    return event_id(claim.report_id, type_, cause(claim.notice.version, channel))
