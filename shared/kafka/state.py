"""Whether a reader works, waits or has stopped: what the probes look at."""

from dataclasses import dataclass


@dataclass
class ReadingState:
    """The state of one reader."""

    waiting_for: str | None = None
    in_work: bool = False
    worked: int = 0
    flooded: bool = False

    @property
    def idle(self) -> bool:
        """This reader waits for its next message; one that has stopped holds one."""
        return not self.in_work

    @property
    def trouble(self) -> str | None:
        """Why this reader is not ready, or None."""
        if self.flooded:
            return "too many dead letters in a row; stopped until a restart"
        if self.waiting_for is not None:
            return f"waiting for a dependency ({self.waiting_for})"
        return None
