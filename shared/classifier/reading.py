"""What a text was read as."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.city.models import Lane, Language


@dataclass(frozen=True)
class Reading:
    """
    What a text was read as.

    `service_code` is None when nothing is sure enough for this city. `department` is
    who acts: in danger the one who is fastest, else the service's. `urgent` is true
    for danger even in the confidential lane; `doubtful` if it might be one, `danger`
    how probable it is. `danger_kind` names a danger that is told apart, `instead` whom
    the words point to if it is not the city's business (an id of the pack). `shares`:
    how probable each service is; none if no word says so.
    """

    service_code: str | None
    department: str
    confidence: float
    alternatives: tuple[tuple[str, float], ...]
    words: tuple[str, ...]
    lane: Lane
    urgent: bool
    doubtful: bool
    language: Language
    model_version: str
    danger_kind: str | None = None
    instead: str | None = None
    danger: float = 0.0
    shares: Mapping[str, float] = field(default_factory=dict, repr=False)

    @property
    def guess(self) -> str | None:
        """The service, or the best guess at it."""
        if self.service_code is not None:
            return self.service_code
        return self.alternatives[0][0] if self.alternatives else None
