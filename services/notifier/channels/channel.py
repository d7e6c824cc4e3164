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
    """
    One sender task's side of a channel: it may keep a connection.

    A message goes out in two steps, so that few are between the second one and our
    mark when the process is killed.
    """

    async def offer(self, telling: Telling) -> Later | Refused | None:
        """All but the message itself. None: go on. Raises ServerAway."""

    async def hand_over(self) -> Outcome:
        """The message that was offered."""

    async def close(self) -> None:
        """Say goodbye to the server."""
