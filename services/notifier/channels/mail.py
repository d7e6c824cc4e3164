"""Telling by mail: SMTP over a connection that is kept."""

import asyncio
from email.policy import SMTP as SMTP_POLICY
from email.policy import SMTPUTF8
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


class MailSender:
    """One connection to the mail server: made when needed, checked before use."""

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
        client = await self._connected()
        address = mail["To"].addresses[0].addr_spec
        wide = not address.isascii()
        if wide and not client.supports_extension("smtputf8"):
            return Refused("smtp.unsupported")
        self._mail = mail.as_bytes(policy=SMTPUTF8 if wide else SMTP_POLICY)
        return await self._addressed(client, address, ["SMTPUTF8"] if wide else [])

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
            return Later("smtp.disconnected")
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
        """A connection that has just answered."""
        if self._client is not None:
            try:
                await self._client.noop()
            except (SMTPException, OSError):
                self._drop()
            else:
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
    return Later("smtp.disconnected")
