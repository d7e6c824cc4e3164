"""Settings that several services have. Each is an environment variable."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class _Settings(BaseSettings):
    model_config = SettingsConfigDict(frozen=True, extra="ignore")


class KafkaSettings(_Settings):
    """How to reach Kafka, and under which name."""

    kafka_bootstrap_servers: str = Field(description="host:port, several by comma")
    topic_prefix: str = Field(default="", description="Put before each topic's name.")
    instance: str | None = Field(
        default=None, description="Name of this process: Kafka's static member id."
    )
    send_timeout: float = Field(
        default=2.5, gt=0, description="Seconds until a send counts as failed."
    )


class RedisSettings(_Settings):
    """How to reach Redis."""

    redis_url: str


class ServiceSettings(_Settings):
    """What each service has."""

    http_host: str = "127.0.0.1"
    http_port: int = Field(ge=0, le=65535)
    log_level: str = "INFO"
    city_pack: Path = Path("deploy/cities/essen")
    public_keys_dir: Path
    private_keys_dir: Path


class ModelSettings(_Settings):
    """Which model reads the reports; another one in its place comes into force."""

    model_dir: Path = Path("deploy/model/base")
    model_look_seconds: float = Field(
        default=5.0, gt=0, description="How often to look for another model."
    )
