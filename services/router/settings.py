"""The router's settings."""

from shared.settings import KafkaSettings, ServiceSettings


class Settings(KafkaSettings, ServiceSettings):
    """What the router needs: Kafka, its key and a city."""
