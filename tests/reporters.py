"""Reporters as the notifier knows them: keys, sealed contacts, states of reports."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from shared.contracts.contacts import CONTACTS, ContactGiven
from shared.contracts.content import ContactContent, MessageContent
from shared.contracts.event import event_id
from shared.contracts.status import STATUS, Message, StatusChanged, Step
from shared.contracts.vocabulary import Lane, Status
from shared.identity import new_tracking_code, report_id_of
from shared.kafka.publisher import Publisher
from shared.sealing import Sealer, write_key_pair


@dataclass
class Keys:
    """Throw-away keys of the citizens' side and the notifier."""

    directory: Path

    def __post_init__(self) -> None:
        for name in ("notifier", "citizens"):
            write_key_pair(name, self.public, (self.private,))
        self.sealer = Sealer(self.public)

    @property
    def public(self) -> Path:
        return self.directory / "public"

    @property
    def private(self) -> Path:
        return self.directory / "private"


@dataclass
class Reporter:
    """Somebody who has reported something, and how it stands."""

    keys: Keys
    email: str | None = "ada@example.org"
    language: str = "de"
    lane: Lane = Lane.NORMAL
    webhook: str | None = None
    code: str = field(default_factory=new_tracking_code)
    steps: list[Step] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    @property
    def report_id(self) -> UUID:
        return report_id_of(self.code)

    def contact(self) -> ContactGiven:
        content = ContactContent(
            report_id=self.report_id,
            email=self.email,
            webhook=self.webhook,
            language=self.language,
            tracking_code=self.code,
        )
        return ContactGiven(
            event_id=event_id(self.report_id, "contact.given.v1", 1),
            occurred_at=datetime.now(UTC),
            report_id=self.report_id,
            content=self.keys.sealer.seal("notifier", content),
        )

    def status(
        self, status: Status, *, words: str | None = None, **given: Any
    ) -> StatusChanged:
        """The next version."""
        now = datetime.now(UTC)
        version = len(self.steps) + 1
        department = given.get("department")
        step = Step(version=version, status=status, at=now, department=department)
        self.steps.append(step)
        if words is not None:
            self._say(step, words)
        own = {
            "event_id": event_id(self.report_id, "status.changed.v1", version),
            "occurred_at": now,
            "report_id": self.report_id,
            "version": version,
            "status": status,
            "lane": self.lane,
            "language": self.language,
            "received_at": self.steps[0].at,
            "tell": True,
            "history": tuple(self.steps),
            "messages": tuple(self.messages),
        }
        return StatusChanged(**{**own, **given})

    def _say(self, step: Step, words: str) -> None:
        content = MessageContent(report_id=self.report_id, text=words)
        sealed = self.keys.sealer.seal("citizens", content)
        self.messages.append(Message(version=step.version, at=step.at, content=sealed))


@dataclass
class Told:
    """Writes to the topics that the notifier reads."""

    publisher: Publisher

    async def contact(self, reporter: Reporter) -> None:
        await self.publisher.publish(CONTACTS, reporter.contact())

    async def status(self, reporter: Reporter, *states: Status, **given: Any) -> None:
        for state in states:
            await self.publisher.publish(STATUS, reporter.status(state, **given))

    async def forget(self, reporter: Reporter) -> None:
        await self.publisher.forget(CONTACTS, str(reporter.report_id))
