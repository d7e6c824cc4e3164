"""Telling by mail: SMTP over a connection that is kept."""

import asyncio
from typing import Any

from aiosmtplib import (
    SMTP,
    SMTPException,
    SMTPNotSupported,
    SMTPRecipientsRefused,
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

    async def deliver(self, telling: Telling) -> Outcome:
        """Send one mail. Raises ServerAway when the server does not answer at all."""
        try:
            mail = self._letters.write(telling)
        except ValueError:
            return Refused("address.invalid")
        client = await self._connected()
        try:
            async with asyncio.timeout(self._patience):
                await client.send_message(
                    mail,
                    sender=self._letters.envelope_sender,
                    recipients=[mail["To"].addresses[0].addr_spec],
                )
        except (SMTPException, OSError, ValueError) as error:
            self._drop()
            return outcome_of(error)
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


def outcome_of(error: Exception) -> Outcome:
    """
    What an error in the middle of a mail means.

    5xx is final. All else may be different next time, also a connection that was lost
    after the data: whether the mail went out is unknown then, so it is sent again.
    """
    if isinstance(error, SMTPRecipientsRefused):
        return outcome_of(error.recipients[0])
    if isinstance(error, SMTPResponseException):
        known = 400 <= error.code <= 599
        reason = f"smtp.{error.code}" if known else "smtp.unclear"
        return Refused(reason) if error.code >= 500 else Later(reason)
    if isinstance(error, SMTPNotSupported):
        return Refused("smtp.unsupported")
    if isinstance(error, TimeoutError):
        return Later("smtp.timeout")
    if isinstance(error, ValueError):
        return Refused("address.invalid")
    return Later("smtp.disconnected")
