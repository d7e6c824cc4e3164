"""What the desk refuses to start with."""

from typing import Any

import pytest
from pydantic import ValidationError

from services.desk.database import driven
from services.desk.settings import Settings

GIVEN: dict[str, Any] = {
    "kafka_bootstrap_servers": "127.0.0.1:9092",
    "http_port": 8000,
    "public_keys_dir": "/keys/public",
    "private_keys_dir": "/keys/desk",
    "database_url": "sqlite:////data/desk.db",
    "photo_store_url": "file:///data/photos",
    "desk_tokens_file": "/data/tokens.json",
    "desk_secret": "s" * 32,
}


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_a_demonstration_runs_on_loopback(host: str) -> None:
    assert Settings(**GIVEN, http_host=host, demo_login="on").demo_login


@pytest.mark.parametrize("host", ["0.0.0.0", "10.1.2.3", "desk.example"])
def test_anybody_as_any_department_is_refused_elsewhere(host: str) -> None:
    with pytest.raises(ValidationError, match="loopback"):
        Settings(**GIVEN, http_host=host, demo_login="on")


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite:////data/desk.db", "sqlite+aiosqlite"),
        ("sqlite+aiosqlite:////data/desk.db", "sqlite+aiosqlite"),
        ("postgresql://u:p@host/desk", "postgresql+asyncpg"),
        ("postgres://u:p@host/desk", "postgresql+asyncpg"),
    ],
)
def test_a_database_url_gets_the_driver_of_the_project(url: str, driver: str) -> None:
    assert driven(url).drivername == driver


def test_another_database_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="DATABASE_URL"):
        driven("mysql://host/desk")
