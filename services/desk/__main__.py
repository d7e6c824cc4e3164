"""``python -m services.desk``: the record of cases, and what is done with them."""

import shared.lean  # noqa: F401  before whatever imports structlog
from services.desk.app import build
from services.desk.settings import Settings
from shared.process import start

if __name__ == "__main__":
    start(Settings, build)
