"""
Ledger L: every report that was accepted is one case at one department, and each of its
statuses is told to its reporter once.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from uuid import UUID

from shared.contracts.status import STATUS, StatusChanged
from shared.kafka.replay import replay
from shared.settings import KafkaSettings
from tests.fault.citizens import Accepted, Clerks
from tests.waiting import until


@dataclass
class Mailbox:
    """The Maildir of the SMTP sink, each mail read once."""

    directory: Path
    _seen: set[str] = field(default_factory=set)
    copies: Counter[str] = field(default_factory=Counter)
    ids: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    versions: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    dated: dict[str, list[tuple[int, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def look(self) -> None:
        """Read the mails that are new."""
        for file in (self.directory / "new").glob("*"):
            if file.name in self._seen:
                continue
            self._seen.add(file.name)
            mail = message_from_bytes(file.read_bytes(), policy=default)
            self.copies[str(mail["Message-ID"])] += 1
            self.ids[str(mail["To"])].add(str(mail["Message-ID"]))
            version = int(mail["X-Meldekette-Version"])
            self.versions[str(mail["To"])].append(version)
            self.dated[str(mail["To"])].append((file.stat().st_mtime_ns, version))

    def order(self, email: str) -> list[int]:
        """The versions that somebody was told, in the order of the mails' dates."""
        return [version for _, version in sorted(self.dated[email])]


@dataclass
class Ledger:
    """What was accepted, against what the desk, Kafka and the mailbox have."""

    kafka: KafkaSettings
    clerks: Clerks
    mailbox: Mailbox

    async def settled(
        self, accepted: Iterable[Accepted], *, version: int = 2, seconds: float = 60
    ) -> None:
        """Wait until every reporter has been told all versions up to *version*."""
        waiting = {one.email for one in accepted}

        def told() -> bool:
            self.mailbox.look()
            return all(
                len(set(self.mailbox.versions[email])) >= version for email in waiting
            )

        await until(
            told, seconds=seconds, every=0.3, what="every reporter told everything"
        )

    async def holds(self, accepted: list[Accepted], *, kills: int = 0) -> None:
        """Assert the whole ledger; *kills* bounds the copies of mails."""
        assert len({one.report_id for one in accepted}) == len(accepted)
        await self._one_case_each(accepted)
        states = await self.states({one.report_id for one in accepted})
        for one in accepted:
            versions = seen_by_a_reader(states[one.report_id])
            assert versions == list(range(1, len(versions) + 1)), one.report_id
            told = sorted(set(self.mailbox.versions[one.email]))
            assert told == versions, (one.report_id, told, versions)
        mails = sum(len(self.mailbox.versions[one.email]) for one in accepted)
        wanted = sum(len(seen_by_a_reader(states[o.report_id])) for o in accepted)
        assert wanted <= mails <= wanted + kills, (wanted, mails)
        # A copy has the Message-ID of its original.
        assert sum(len(self.mailbox.ids[one.email]) for one in accepted) == wanted

    async def _one_case_each(self, accepted: list[Accepted]) -> None:
        cases = Counter(UUID(case["report_id"]) for case in await self.clerks.cases())
        lost = [one.report_id for one in accepted if not cases[one.report_id]]
        assert not lost, f"{len(lost)} reports without a case"
        twice = [one.report_id for one in accepted if cases[one.report_id] > 1]
        assert not twice, f"{len(twice)} reports with several cases"

    async def states(
        self, wanted: set[UUID]
    ) -> dict[UUID, list[tuple[int, StatusChanged]]]:
        """The public states of some reports, as the topic has them."""
        states: dict[UUID, list[tuple[int, StatusChanged]]] = defaultdict(list)
        async for message in replay(STATUS, self.kafka):
            event = STATUS.decode(message.value, message.key)
            if event.report_id in wanted:
                states[event.report_id].append((event.version, event))
        return states


def seen_by_a_reader(states: list[tuple[int, StatusChanged]]) -> list[int]:
    """
    The versions that a reader applies, in its order.

    It ignores what is not newer than what it has (a repetition); each event tells the
    whole history, so that it misses nothing.
    """
    seen: list[int] = []
    for version, event in states:
        if not seen or version > seen[-1]:
            newer = [
                s.version for s in event.history if not seen or s.version > seen[-1]
            ]
            seen += newer
            assert version in newer, "an event's history ends with itself"
    return seen
