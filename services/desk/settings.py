"""What the desk must be told."""

from ipaddress import ip_address
from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, model_validator

from shared.settings import KafkaSettings, ServiceSettings


class Settings(KafkaSettings, ServiceSettings):
    """The desk's settings."""

    database_url: str = Field(description="sqlite:///file or postgresql://…")
    photo_store_url: str = Field(description="file:///folder or s3://bucket")
    desk_tokens_file: Path = Field(
        description="JSON: department to the SHA-256 (hex) of its token."
    )
    desk_secret: SecretStr = Field(
        min_length=32, description="Signs the sessions of the pages."
    )
    demo_login: bool = Field(
        default=False, description="Lets anybody in as any department. Loopback only."
    )
    cookie_secure: bool = Field(
        default=True, description="Sessions only over HTTPS; not asked on loopback."
    )

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the desk."""
        if self.http_host == "localhost":
            return True
        try:
            return ip_address(self.http_host).is_loopback
        except ValueError:
            return False

    @model_validator(mode="after")
    def _demo_stays_here(self) -> Self:
        if self.demo_login and not self.is_loopback:
            raise ValueError("DEMO_LOGIN=on needs HTTP_HOST on loopback")
        return self
