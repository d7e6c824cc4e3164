"""``python -m services.intake``: reports in, tracking out."""

import shared.lean  # noqa: F401  before whatever imports structlog
from services.intake.app import build
from services.intake.settings import Settings
from shared.process import start

if __name__ == "__main__":
    start(Settings, build)
