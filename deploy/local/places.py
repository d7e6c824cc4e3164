"""Where the local stack keeps its things; standard library only."""

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# What set-up fetched is shared by every stack of this checkout.
FETCHED = ROOT / ".local"
KAFKA_LIBS = FETCHED / "kafka" / "libs"
ASSETS = ROOT / "shared" / "web" / "assets"


@dataclass(frozen=True)
class Places:
    """The files of one running stack."""

    home: Path

    @property
    def data(self) -> Path:
        """What ``down RESET=1`` forgets."""
        return self.home / "data"

    @property
    def logs(self) -> Path:
        """One log per process."""
        return self.home / "log"

    @property
    def keys(self) -> Path:
        """Key pairs, one folder per service and one for the public halves."""
        return self.home / "keys"

    @property
    def mail(self) -> Path:
        """The Maildir in which every mail lands."""
        return self.home / "mail"

    @property
    def record(self) -> Path:
        """``stack.json``: addresses and processes, for whoever uses the stack."""
        return self.home / "stack.json"

    @property
    def lock(self) -> Path:
        """Held by the supervisor as long as it lives."""
        return self.home / "stack.lock"


def places(directory: Path | None = None) -> Places:
    """The places of the stack in *directory*, else in ``$LOCAL_DIR``."""
    chosen = directory or Path(os.environ.get("LOCAL_DIR") or ".local")
    return Places(chosen if chosen.is_absolute() else ROOT / chosen)
