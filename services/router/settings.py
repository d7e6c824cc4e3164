"""The router's settings."""

from shared.settings import KafkaSettings, ModelSettings, ServiceSettings


class Settings(KafkaSettings, ModelSettings, ServiceSettings):
    """What the router needs: Kafka, its key, a city and a model."""
