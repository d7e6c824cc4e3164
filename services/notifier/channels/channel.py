"""What a channel is, and what can become of a message on it."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from services.notifier.rules import Notice
from shared.contracts.content import ContactContent


class ServerAway(Exception):
    """The channel's server does not answer at all: no message is to blame."""


@dataclass(frozen=True, kw_only=True)
class Telling:
    """A notice for one reporter, opened. ``words``: what the clerk wrote."""

    report_id: UUID
    notice: Notice
    contact: ContactContent
    words: str | None = None


@dataclass(frozen=True)
class Sent:
    """The server has taken the message."""


@dataclass(frozen=True)
class Later:
    """It did not work this time. ``reason``: a code, no address."""

    reason: str


@dataclass(frozen=True)
class Refused:
    """It will never work on this channel. ``reason``: a code, no address."""

    reason: str


Outcome = Sent | Later | Refused


class ChannelSender(Protocol):
    """One sender task's side of a channel: it may keep a connection."""

    async def deliver(self, telling: Telling) -> Outcome:
        """Hand a message over. Raises ServerAway."""

    async def close(self) -> None:
        """Say goodbye to the server."""
