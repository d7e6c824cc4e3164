"""Takes what a reporter says after the report, and sends it on to the desk."""

import hmac
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID, uuid4

import structlog

from services.intake.attempt import Attempt
from services.intake.rules import senseless
from services.intake.schemas import ReplyIn
from services.intake.tracking import changed_at
from shared.contracts.content import MessageContent
from shared.contracts.event import event_id
from shared.contracts.replies import REPLIES, ReplyReceived
from shared.contracts.status import StatusChanged
from shared.contracts.vocabulary import Lane, ReplyKind, Status
from shared.kafka.publisher import BrokerAway, Publisher
from shared.sealing import Sealer
from shared.web.problems import FieldError, Refused, away, invalid

log = structlog.get_logger()

DESK = "desk"


class Replies:
    """Checks a reply against where the report stands, and writes it to Kafka."""

    def __init__(
        self,
        *,
        publisher: Publisher,
        sealer: Sealer,
        secret: bytes,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._publisher = publisher
        self._sealer = sealer
        self._secret = secret
        self._clock = clock

    async def take(
        self, state: StatusChanged, reply: ReplyIn, attempt: Attempt | None
    ) -> None:
        """Take a reply. Raises Refused."""
        kind, now = ReplyKind(reply.kind), self._clock()
        if kind is ReplyKind.ANSWER and not reply.text:
            raise invalid(FieldError("text", "an answer needs words"))
        hidden = state.lane is Lane.CONFIDENTIAL
        status = Status.RECEIVED if hidden else state.status
        if why := senseless(kind, status, changed_at(state), now):
            raise Refused(409, "not-now", "That is not possible now.", why)
        cause = self._cause(attempt, reply.model_dump_json())
        await self._send(state, kind, cause, reply.text)

    async def follow(self, state: StatusChanged, attempt: Attempt | None) -> None:
        """Somebody else has seen the same: the clerk learns it. Raises Refused."""
        cause = self._cause(attempt, ReplyKind.FOLLOW)
        await self._send(state, ReplyKind.FOLLOW, cause, None)

    async def _send(
        self, state: StatusChanged, kind: ReplyKind, cause: str, text: str | None
    ) -> None:
        event = ReplyReceived(
            event_id=event_id(state.report_id, "reply.received.v1", cause),
            occurred_at=self._clock(),
            report_id=state.report_id,
            kind=kind,
            content=self._sealed(state.report_id, text),
        )
        try:
            await self._publisher.publish(REPLIES, event)
        except BrokerAway as error:
            raise away("The record of replies does not answer now.") from error
        log.info("reply.accepted", report_id=str(state.report_id), kind=kind)

    def _sealed(self, report_id: UUID, text: str | None) -> str | None:
        if not text:
            return None
        return self._sealer.seal(DESK, MessageContent(report_id=report_id, text=text))

    def _cause(self, attempt: Attempt | None, said: str) -> str:
        """The same for a repetition with the same key and words, else a new one."""
        if attempt is None:
            return uuid4().hex
        parts = tuple(part.encode() for part in (*attempt.pair, said))
        message = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
        return hmac.digest(self._secret, message, "sha256").hex()
