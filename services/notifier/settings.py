"""The notifier's settings."""

from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from pydantic import Field, field_validator

from shared.settings import KafkaSettings, RedisSettings, ServiceSettings

PORTS = {"smtp": 25, "smtps": 465}


class Settings(KafkaSettings, RedisSettings, ServiceSettings):
    """What the notifier must know."""

    smtp_url: str = Field(
        description="smtp://user:password@host:port; smtps:// speaks TLS from the start"
    )
    mail_from: str = Field(description="The sender: an address, with or without a name")
    public_url: str = Field(description="Where citizens find their report")
    senders: int = Field(default=4, ge=1, le=32, description="Mails under way at once")
    retry_seconds: float = Field(
        default=10.0, gt=0, description="First wait after a mail that failed; doubles"
    )
    mail_timeout: float = Field(
        default=20.0, gt=0, description="Seconds that the mail server may be silent"
    )

    @field_validator("public_url")
    @classmethod
    def _without_slash(cls, url: str) -> str:
        return url.rstrip("/")

    @field_validator("mail_from")
    @classmethod
    def _is_an_address(cls, mail_from: str) -> str:
        if "@" not in parseaddr(mail_from)[1]:
            raise ValueError("an address like no-reply@city.example")
        return mail_from

    @field_validator("smtp_url")
    @classmethod
    def _is_a_server(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError("a URL like smtp://host:25")
        return url

    def smtp(self) -> dict[str, object]:
        """The mail server in the words of aiosmtplib."""
        parts = urlsplit(self.smtp_url)
        return {
            "hostname": parts.hostname,
            "port": parts.port or PORTS[parts.scheme],
            "use_tls": parts.scheme == "smtps",
            "username": unquote(parts.username) if parts.username else None,
            "password": unquote(parts.password) if parts.password else None,
            "timeout": self.mail_timeout,
        }
