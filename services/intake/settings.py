"""What intake must be told."""

from pydantic import Field, SecretStr

from shared.settings import (
    KafkaSettings,
    ModelSettings,
    RedisSettings,
    ServiceSettings,
)


class Settings(KafkaSettings, ModelSettings, RedisSettings, ServiceSettings):
    """Intake's settings."""

    intake_secret: SecretStr = Field(
        min_length=32, description="Codes and photo keys are derived from it."
    )
    photo_store_url: str = Field(description="file:///folder or s3://bucket")
    public_url: str = Field(
        pattern=r"^https?://[^/]+$", description="Where citizens find intake."
    )

    @property
    def secret(self) -> bytes:
        """The secret as bytes, for HMAC."""
        return self.intake_secret.get_secret_value().encode()
