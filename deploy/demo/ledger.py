"""What is known of every report that is played: where it is, and since when."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from shared.contracts.vocabulary import Lane, Status

STEPS = ("intake", "router", "desk", "notifier")
WORKED = frozenset({Status.IN_PROGRESS, Status.QUESTION, Status.DONE, Status.REJECTED})


@dataclass
class Journey:
    """One report on its way; times are seconds since the epoch."""

    report_id: UUID
    tracking_code: str = ""
    contact: bool = False
    begun: float | None = None
    accepted: float | None = None
    written: float | None = None
    routed: float | None = None
    at_desk: float | None = None
    worked: float | None = None
    lane: Lane = Lane.NORMAL
    status: Status = Status.RECEIVED
    version: int = 0
    department: str | None = None
    due: dict[int, float] = field(default_factory=dict)
    told: dict[int, float] = field(default_factory=dict)

    @property
    def arrived(self) -> bool:
        """At a department, and its reporter told of everything so far."""
        there = self.at_desk is not None or (
            self.lane is Lane.CONFIDENTIAL and self.routed is not None
        )
        return there and self.version > 0 and self._is_told

    @property
    def _is_told(self) -> bool:
        return set(self.due) <= set(self.told)


class Ledger:
    """All reports of this run; whoever waits for something is woken by each change."""

    def __init__(self) -> None:
        self._journeys: dict[UUID, Journey] = {}
        self._under_way: dict[UUID, Journey] = {}
        self._changed = asyncio.Condition()
        self.refused: Counter[str] = Counter()
        self.repeated = 0
        self.changes = 0

    def __iter__(self) -> Iterator[Journey]:
        """The reports that intake has accepted from us, not those of others."""
        return (j for j in self._journeys.values() if j.accepted is not None)

    def journey(self, report_id: UUID) -> Journey:
        """The report's journey; an event may come before intake's answer does."""
        return self._journeys.setdefault(report_id, Journey(report_id))

    async def notify(self, journey: Journey) -> None:
        """Something has changed with a report."""
        self.changes += 1
        if journey.accepted is None or journey.arrived:
            self._under_way.pop(journey.report_id, None)
        else:
            self._under_way[journey.report_id] = journey
        async with self._changed:
            self._changed.notify_all()

    async def wait_for(self, is_so: Callable[[], bool], seconds: float) -> bool:
        """Wait until *is_so*; whether it became so in time."""
        try:
            async with asyncio.timeout(seconds), self._changed:
                await self._changed.wait_for(is_so)
        except TimeoutError:
            return False
        return True

    def counts(self) -> dict[str, int]:
        """How many reports have come how far, and how many messages went out."""
        ours = list(self)
        return {
            "received": len(ours),
            "routed": sum(j.routed is not None for j in ours),
            "in work": sum(j.worked is not None for j in ours),
            "told": sum(len(j.told) for j in ours),
        }

    def by_department(self) -> dict[str, Counter[str]]:
        """Per department: how many reports, by their lane and present status."""
        departments: dict[str, Counter[str]] = defaultdict(Counter)
        for journey in self:
            if journey.department is not None:
                found = departments[journey.department]
                found["all"] += 1
                found[journey.lane] += 1
                found[journey.status] += 1
        return departments

    def slowest(self) -> tuple[str, float] | None:
        """The step with the highest 95th percentile, and that in seconds."""
        figures = {step: p95(self.seconds(step)) for step in STEPS}
        known = {step: value for step, value in figures.items() if value is not None}
        return max(known.items(), key=lambda item: item[1], default=None)

    def seconds(self, step: str) -> list[float]:
        """How long one box took, for every report that has passed it."""
        spans: list[tuple[float | None, float | None]] = []
        for j in self:
            match step:
                case "intake":
                    spans.append((j.begun, j.accepted))
                case "router":
                    spans.append((j.written, j.routed))
                case "desk":
                    spans.append((j.routed, j.at_desk))
                case _:
                    spans += [(j.due.get(v), at) for v, at in j.told.items()]
        return [max(0.0, b - a) for a, b in spans if a is not None and b is not None]

    @property
    def under_way(self) -> int:
        """How many reports have not arrived yet, or are not told of all."""
        return len(self._under_way)


def p95(values: list[float]) -> float | None:
    """The 95th percentile; None of nothing."""
    if not values:
        return None
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]
