"""What the mail server's answers mean."""

import pytest
from aiosmtplib import (
    SMTPDataError,
    SMTPReadTimeoutError,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

from services.notifier.channels.channel import Later, Refused
from services.notifier.channels.mail import trouble

ADA = "ada@example.org"


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (SMTPRecipientRefused(550, "no such user", ADA), Refused("smtp.550")),
        (SMTPRecipientRefused(451, "later", ADA), Later("smtp.451")),
        (SMTPSenderRefused(421, "closing", ADA), Later("smtp.421")),
        (SMTPDataError(554, "spam"), Refused("smtp.554")),
        (SMTPResponseException(-1, "garbage"), Later("smtp.unclear")),
        (SMTPServerDisconnected("gone"), Later("smtp.disconnected")),
        (SMTPReadTimeoutError("slow"), Later("smtp.timeout")),
        (TimeoutError(), Later("smtp.timeout")),
        (ConnectionResetError(), Later("smtp.disconnected")),
        (UnicodeEncodeError("ascii", "ü", 0, 1, ""), Refused("address.invalid")),
    ],
)
def test_an_error_says_whether_it_is_worth_another_try(error, outcome):
    assert trouble(error) == outcome
