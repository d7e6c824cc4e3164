"""``python -m services.notifier``: tell reporters what became of their report."""

import shared.lean  # noqa: F401  before whatever imports structlog
from services.notifier.app import build
from services.notifier.settings import Settings
from shared.process import start

if __name__ == "__main__":
    start(Settings, build)
