"""Telling by mail: SMTP over a connection that is kept."""

import asyncio
from typing import Any

from aiosmtplib import (
    SMTP,
    SMTPException,
    SMTPResponseException,
)

from services.notifier.channels.channel import (
    Later,
    Outcome,
    Refused,
    Sent,
    ServerAway,
    Telling,
)
from services.notifier.letter import Letters

GONE = Later("smtp.disconnected")


class MailSender:
    """One connection to the mail server: kept, and made anew when it has gone."""

    def __init__(self, *, server: dict[str, Any], letters: Letters) -> None:
        self._server = server
        self._letters = letters
        self._patience = 3 * float(server["timeout"])
        self._client: SMTP | None = None
        self._mail = b""

    async def offer(self, telling: Telling) -> Later | Refused | None:
        """Sender and recipient. Raises ServerAway when the server does not answer."""
        try:
            mail = self._letters.write(telling)
        except ValueError:
            return Refused("address.invalid")
        kept = self._client is not None
        client = await self._connected()
        wide = not mail.recipient.isascii()
        if wide and not client.supports_extension("smtputf8"):
            return Refused("smtp.unsupported")
        self._mail = mail.content
        options = ["SMTPUTF8"] if wide else []
        answer = await self._addressed(client, mail.recipient, options)
        if kept and answer == GONE:
            client = await self._connected()
            answer = await self._addressed(client, mail.recipient, options)
        return answer

    async def _addressed(
        self, client: SMTP, address: str, options: list[str]
    ) -> Later | Refused | None:
        """From whom, to whom."""
        try:
            async with asyncio.timeout(self._patience):
                await client.mail(self._letters.envelope_sender, options=options)
                await client.rcpt(address, encoding="utf-8")
        except (SMTPException, OSError, ValueError) as error:
            self._drop()
            return trouble(error)
        return None

    async def hand_over(self) -> Outcome:
        """The mail itself; sent when the server says 250."""
        client, mail = self._client, self._mail
        if client is None:
            return GONE
        try:
            async with asyncio.timeout(self._patience):
                await client.data(mail)
        except (SMTPException, OSError) as error:
            self._drop()
            return trouble(error)
        return Sent()

    async def close(self) -> None:
        """Say goodbye, if the server still listens."""
        client, self._client = self._client, None
        if client is not None and client.is_connected:
            try:
                async with asyncio.timeout(2):
                    await client.quit()
            except (SMTPException, OSError):
                client.close()

    async def _connected(self) -> SMTP:
        """The connection that was kept, or a new one."""
        if self._client is not None:
            return self._client
        client = SMTP(**self._server)
        try:
            async with asyncio.timeout(self._server["timeout"]):
                await client.connect()
        except (SMTPException, OSError) as error:
            client.close()
            raise ServerAway(type(error).__name__) from None
        self._client = client
        return client

    def _drop(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.close()


def trouble(error: Exception) -> Later | Refused:
    """
    What an error in the middle of a mail means.

    5xx is final. All else may be different next time, also a connection that was lost
    after the data: whether the mail went out is unknown then, so it is sent again.
    """
    if isinstance(error, SMTPResponseException):
        known = 400 <= error.code <= 599
        reason = f"smtp.{error.code}" if known else "smtp.unclear"
        return Refused(reason) if error.code >= 500 else Later(reason)
    if isinstance(error, TimeoutError):
        return Later("smtp.timeout")
    if isinstance(error, ValueError):
        return Refused("address.invalid")
    return GONE
