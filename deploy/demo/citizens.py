"""The citizens: they post reports, do not give up, and answer when they are asked."""

import asyncio
import time
from collections.abc import Iterable
from uuid import UUID, uuid4

import httpx

from deploy.demo.ledger import Journey, Ledger
from deploy.demo.reports import Written

AT_ONCE = 20
TRIES = 60
LONGEST_WAIT = 5.0


class Citizens:
    """Posts at a steady rate; a report that got no answer is posted again."""

    def __init__(self, intake: str, ledger: Ledger) -> None:
        self._ledger = ledger
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._run = uuid4().hex
        limits = httpx.Limits(max_connections=AT_ONCE)
        self._client = httpx.AsyncClient(base_url=intake, timeout=15, limits=limits)

    async def __aenter__(self) -> "Citizens":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def report(self, reports: Iterable[Written], rate: float) -> None:
        """Post all, *rate* per second."""
        clock = asyncio.get_running_loop().time
        began = clock()
        async with asyncio.TaskGroup() as group:
            for number, written in enumerate(reports):
                await asyncio.sleep(max(0.0, began + number / rate - clock()))
                await self._gate.acquire()
                group.create_task(self._insist(number, written))

    async def answer(self, journey: Journey, text: str) -> bool:
        """Answer a department's question; whether intake took the answer."""
        said = {
            "tracking_code": journey.tracking_code,
            "kind": "answer",
            "text": text,
        }
        for _ in range(10):  # the public view may be a moment behind
            reply = await self._client.post("/api/v1/tracking/replies", json=said)
            if reply.status_code == httpx.codes.ACCEPTED:
                return True
            await asyncio.sleep(0.2)
        return False

    async def _insist(self, number: int, written: Written) -> None:
        """One report, until it is accepted or refused for good."""
        begun = time.time()
        key = f"demo-{self._run}-{number}"
        try:
            for _ in range(TRIES):
                answer = await self._post(written, key)
                if answer is not None and answer.status_code == httpx.codes.CREATED:
                    return await self._accepted(answer, written, begun)
                if answer is not None and answer.is_client_error:
                    return self._refused(answer)
                self._ledger.repeated += 1
                await asyncio.sleep(_wait(answer))
            self._ledger.refused["no answer"] += 1
        finally:
            self._gate.release()

    async def _post(self, written: Written, key: str) -> httpx.Response | None:
        try:
            return await self._client.post(
                "/api/v1/reports",
                json=written.report,
                headers={"Idempotency-Key": key},
            )
        except httpx.TransportError:
            return None

    async def _accepted(
        self, answer: httpx.Response, written: Written, begun: float
    ) -> None:
        said = answer.json()
        journey = self._ledger.journey(UUID(said["report_id"]))
        journey.tracking_code = said["tracking_code"]
        journey.contact = "contact" in written.report
        journey.begun, journey.accepted = begun, time.time()
        await self._ledger.notify(journey)

    def _refused(self, answer: httpx.Response) -> None:
        """Count the reason, never the words."""
        self._ledger.refused[f"HTTP {answer.status_code}"] += 1


def _wait(answer: httpx.Response | None) -> float:
    """As long as intake asks for, within reason."""
    asked = answer.headers.get("Retry-After", "") if answer is not None else ""
    return min(float(asked), LONGEST_WAIT) if asked.isdigit() else 0.5
