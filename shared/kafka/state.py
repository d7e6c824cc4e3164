"""Whether a reader works, waits or has stopped: what the probes look at."""

import time
from dataclasses import dataclass, field


@dataclass
class ReadingState:
    """The state of one reader."""

    waiting_for: str | None = None
    flooded: bool = False
    last_progress: float = field(default_factory=time.monotonic)

    def progressed(self) -> None:
        """A message has been worked."""
        self.last_progress = time.monotonic()

    @property
    def trouble(self) -> str | None:
        """Why this reader is not ready, or None."""
        if self.flooded:
            return "too many dead letters in a row; stopped until a restart"
        if self.waiting_for is not None:
            return f"waiting for a dependency ({self.waiting_for})"
        return None
