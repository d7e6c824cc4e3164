"""``python -m services.router``: a department for every report."""

import shared.lean  # noqa: F401  before whatever imports structlog
from services.router.app import build
from services.router.settings import Settings
from shared.process import start

if __name__ == "__main__":
    start(Settings, build)
