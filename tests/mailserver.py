"""A mail server with moods, in the test's own loop."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP

Mood = Callable[[SMTP, str], Awaitable[str | None]]
"""What the server answers a recipient or a mail with; None: as it should."""


async def _friendly(_server: SMTP, _recipient: str) -> str | None:
    return None


class MailServer:
    """Keeps every mail. ``at_rcpt`` and ``at_data`` are its moods."""

    def __init__(self) -> None:
        self.at_rcpt: Mood = _friendly
        self.at_data: Mood = _friendly
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.connections = 0
        self.port = 0
        self._server: asyncio.Server | None = None
        self._protocols: list[SMTP] = []
        self._arrived = asyncio.Condition()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(  # noqa: N802  the library's name
        self, server, _session, envelope, address, _options
    ):
        answer = await self.at_rcpt(server, address)
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server, _session, envelope
    ):
        answer = await self.at_data(server, envelope.rcpt_tos[0])
        if answer is None or answer.startswith("250"):
            await self._keep(envelope)
        return answer or "250 OK"

    async def _keep(self, envelope) -> None:
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        async with self._arrived:
            self.mails.append(mail)
            self.recipients.extend(envelope.rcpt_tos)
            self._arrived.notify_all()

    async def until(self, count: int, seconds: float = 30) -> list[EmailMessage]:
        """The mails, when there are *count* of them."""
        async with asyncio.timeout(seconds), self._arrived:
            await self._arrived.wait_for(lambda: len(self.mails) >= count)
        return self.mails

    async def start(self) -> None:
        """Listen; after a stop on the same port again."""
        self._server = await asyncio.get_running_loop().create_server(
            self._protocol, "127.0.0.1", self.port
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Hear no more; connections are cut."""
        if self._server is not None:
            self._server.close()
            for transport in list(self._transports):
                transport.abort()
            self._server = None

    def _protocol(self) -> SMTP:
        self.connections += 1
        protocol = SMTP(
            self,
            hostname="localhost",
            enable_SMTPUTF8=True,
            loop=asyncio.get_running_loop(),
        )
        self._protocols.append(protocol)
        return protocol

    @property
    def _transports(self) -> list[Any]:
        return [p.transport for p in self._protocols if p.transport is not None]


@asynccontextmanager
async def mail_server() -> AsyncIterator[MailServer]:
    """A mail server that listens."""
    server = MailServer()
    await server.start()
    try:
        yield server
    finally:
        await server.stop()
