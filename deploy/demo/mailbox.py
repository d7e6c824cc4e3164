"""The Maildir in which every mail of the local stack lands."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import Message
from pathlib import Path

HEAD = 4096
"""Bytes in which a mail's headers are."""


@dataclass(frozen=True)
class Mail:
    """What is shown of a mail: never whom it is for."""

    message_id: str
    subject: str
    version: str
    at: datetime


class Mailbox:
    """Mails that have come since this was made; an earlier run's stay out of it."""

    def __init__(self, directory: Path | None) -> None:
        self._new = directory / "new" if directory else None
        self._seen = set(self._names())
        self.mails: list[Mail] = []

    def look(self) -> None:
        """Read what has come since the last look."""
        for name in sorted(set(self._names()) - self._seen):
            self._seen.add(name)
            if self._new is not None:
                self.mails.append(_read(self._new / name))

    @property
    def message_ids(self) -> set[str]:
        """Every mail once, however often it came."""
        return {mail.message_id for mail in self.mails}

    def _names(self) -> list[str]:
        if self._new is None or not self._new.is_dir():
            return []
        return [file.name for file in self._new.iterdir()]


def _read(file: Path) -> Mail:
    with file.open("rb") as stream:
        head: Message = message_from_bytes(stream.read(HEAD), policy=policy.default)
    return Mail(
        message_id=str(head["Message-ID"]),
        subject=str(head["Subject"]),
        version=str(head["X-Meldekette-Version"]),
        at=datetime.fromtimestamp(file.stat().st_mtime, UTC).astimezone(),
    )
