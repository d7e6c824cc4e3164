"""What clerks have put right, as far as a model may learn from it."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from uuid import UUID
from zlib import crc32

from services.cli.answers import said
from shared.city.city import City
from shared.classifier.reader import ANYTHING, Reader
from shared.contracts.content import ReturnContent
from shared.contracts.event import UnreadableEvent
from shared.contracts.returns import RETURNS, ServiceCorrected, TaskReturned
from shared.contracts.vocabulary import Lane
from shared.kafka.replay import replay
from shared.sealing import CannotOpen, Opener
from shared.settings import KafkaSettings

Returned = TaskReturned | ServiceCorrected

HELD_OUT = 5
"""Every so many-eth correction is never learnt from: models are compared on it."""


@dataclass(frozen=True)
class Correction:
    """A report, and whose it is in a clerk's eyes; the service if that is known too."""

    report_id: UUID
    text: str
    department: str
    service: str | None = None

    @property
    def held_out(self) -> bool:
        """Whether it is kept to compare models on; the same for every one of them."""
        return crc32(self.report_id.bytes) % HELD_OUT == 0

    def met_by(self, guess: str | None, city: City) -> bool:
        """Whether a guess at the service is what the clerk says."""
        if guess is None:
            return False
        if self.service is not None:
            return guess == self.service
        return city.department_of(guess) == self.department


async def returns(settings: KafkaSettings) -> AsyncIterator[Returned]:
    """All that departments have said, as far as the broker holds it. NoSuchTopic."""
    async for message in replay(RETURNS, settings):
        try:
            yield RETURNS.decode(message.value or b"", message.key)
        except UnreadableEvent:
            continue  # the router has made a dead letter of it


def settled(events: Iterable[Returned]) -> list[Returned]:
    """
    The last word on each report, if it says whose it is; sorted, so that it is stable.

    Reports that were ever confidential are left out, and so is danger: who acts then
    is the pack's to say, whatever the report is about. So are reports that were split:
    what was said of one matter is not true of the whole text.
    """
    last: dict[UUID, Returned] = {}
    unusual: set[UUID] = set()
    for event in events:
        last[event.report_id] = event
        if event.lane is not Lane.NORMAL or event.also_at:
            unusual.add(event.report_id)
    return [
        last[report_id]
        for report_id in sorted(set(last) - unusual)
        if _says_whose(last[report_id])
    ]


def corrections(
    events: Iterable[Returned], opener: Opener, reader: Reader
) -> list[Correction]:
    """What may be learnt from what departments have said, each text once."""
    found = {}
    for event in settled(events):
        correction = _opened(event, opener, reader.city)
        if correction is not None and _is_ordinary(correction, reader):
            found[correction.text] = correction
    return list(found.values())


def service_of(correction: Correction, reader: Reader) -> str:
    """What the report is about: as the clerk says, else the department's likeliest."""
    if correction.service is not None:
        return correction.service
    shares = said(reader.model, reader.city, correction.text)
    ours = ordinary_services(correction.department, reader.city)
    return max(ours, key=lambda code: shares.get(code, 0.0))


def ordinary_services(department: str, city: City) -> list[str]:
    """
    What a department can be taught to get.

    Never a confidential service, and nothing of moderation's: whatever is sent there
    only says that somebody must read it.
    """
    if department == city.moderation:
        return []
    return [c for c in city.ordinary_services if city.department_of(c) == department]


def _says_whose(event: Returned) -> bool:
    return isinstance(event, ServiceCorrected) or event.to_department is not None


def _answer(event: Returned, city: City) -> tuple[str, str | None] | None:
    """Whose the report is, and what it is about if that is known; None: not ours."""
    if isinstance(event, ServiceCorrected):
        service = event.service_code
        known = service in city.ordinary_services and service not in ANYTHING
        return (city.department_of(service), service) if known else None
    department = event.to_department or ""
    ours = ordinary_services(department, city)
    service_now = event.service_code if event.service_code in ours else None
    return (department, service_now) if ours else None


def _opened(event: Returned, opener: Opener, city: City) -> Correction | None:
    """None for what is not ours, or sealed to a key that we do not have any more."""
    answer = _answer(event, city)
    if answer is None:
        return None
    try:
        content = opener.open("router", event.content, event.report_id, ReturnContent)
    except CannotOpen:
        return None
    return Correction(event.report_id, content.report.description, *answer)


def _is_ordinary(correction: Correction, reader: Reader) -> bool:
    """Whether it is still read as neither danger nor confidential, as words go now."""
    return reader.read(correction.text).lane == "normal"
