"""A simulated department: takes some of the cases and works them through the desk."""

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx

from deploy.demo.citizens import Citizens
from deploy.demo.ledger import Journey, Ledger
from shared.contracts.vocabulary import Lane, Status

DAY = (
    "done",
    "question",
    "done",
    "started",
    "returned",
    "done",
    "rejected",
    "done",
    "started",
    "done",
)
"""What becomes of the cases that are taken, one after the other."""

DONE = {
    "cleaning": "Unsere Kolonne war da: Es ist wieder sauber. Danke für den Hinweis!",
    "roads": "Der Schaden ist behoben. Danke, dass Sie uns Bescheid gesagt haben.",
    "green": "Das Grünflächenteam hat das erledigt. Vielen Dank!",
    "public-order": "Unser Außendienst war vor Ort und hat sich gekümmert.",
    "utilities": "Der Ablauf ist gereinigt und wieder frei.",
    "social-office": "Unser Streetwork-Team war da und bleibt in Kontakt.",
    "integration": "Wir haben Ihnen einen Beratungstermin herausgesucht.",
    "safety-coordination": "Wir waren vor Ort; mehr Licht ist beauftragt.",
}
DONE_BY_OTHERS = "Wir haben uns darum gekümmert. Danke für Ihre Meldung!"
QUESTION = "Wo genau ist das? Eine Hausnummer oder ein Laden in der Nähe hilft uns."
ANSWER = "Direkt gegenüber der Bushaltestelle, vor dem Kiosk."
REJECTED = "Das liegt auf einem privaten Grundstück; dort darf die Stadt nichts tun."
NEIGHBOUR = {"cleaning": "public-order", "public-order": "cleaning"}
PATIENCE = 20.0


class Clerks:
    """Work one case after the other, as many as they have time for."""

    def __init__(
        self, desk: str, tokens: Mapping[str, str], ledger: Ledger, citizens: Citizens
    ) -> None:
        self._client = httpx.AsyncClient(base_url=desk, timeout=15)
        self._tokens = tokens
        self._ledger = ledger
        self._citizens = citizens
        self._waiting: asyncio.Queue[Journey] = asyncio.Queue(maxsize=3)
        self._taken = 0
        self.trouble: dict[str, int] = {}

    async def __aenter__(self) -> "Clerks":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    def offer(self, journey: Journey) -> None:
        """A case has come in. When the desk is full, it waits for another day."""
        if journey.lane is not Lane.CONFIDENTIAL and not self._waiting.full():
            self._waiting.put_nowait(journey)

    async def work(self, pause: float) -> None:
        """Work until cancelled, with a breath between two cases."""
        while True:
            journey = await self._waiting.get()
            try:
                if await self._is_ours(journey):
                    await self._work(journey, DAY[self._taken % len(DAY)])
                    self._taken += 1
            except httpx.HTTPError as error:
                kind = type(error).__name__
                self.trouble[kind] = self.trouble.get(kind, 0) + 1
            finally:
                self._waiting.task_done()
            await asyncio.sleep(pause)

    async def finish(self) -> None:
        """Until the cases that were taken are worked."""
        await self._waiting.join()

    async def _is_ours(self, journey: Journey) -> bool:
        """A case of this run: intake's answer may come after the case."""
        return await self._ledger.wait_for(lambda: journey.accepted is not None, 5)

    async def _work(self, journey: Journey, deed: str) -> None:
        match deed:
            case "question":
                await self._ask(journey)
            case "returned":
                to = NEIGHBOUR.get(journey.department or "", "moderation")
                await self._step(journey, Status.RETURNED, department=to)
            case "rejected":
                await self._step(journey, Status.REJECTED, public_note=REJECTED)
            case "started":
                await self._step(journey, Status.IN_PROGRESS)
            case _:
                await self._step(journey, Status.IN_PROGRESS)
                await self._done(journey)

    async def _ask(self, journey: Journey) -> None:
        """Ask the reporter, wait for the answer, do it."""
        await self._step(journey, Status.QUESTION, public_note=QUESTION)
        if await self._citizens.answer(journey, ANSWER) and await self._ledger.wait_for(
            lambda: journey.status is Status.IN_PROGRESS, PATIENCE
        ):
            await self._done(journey)

    async def _done(self, journey: Journey) -> None:
        note = DONE.get(journey.department or "", DONE_BY_OTHERS)
        await self._step(journey, Status.DONE, public_note=note)

    async def _step(self, journey: Journey, to: Status, **said: Any) -> None:
        """Read the case, then change it, unless somebody was faster."""
        token = self._tokens[journey.department or ""]
        signed = {"Authorization": f"Bearer {token}"}
        path = f"/api/v1/cases/{journey.report_id}"
        case = await self._client.get(path, headers=signed)
        case.raise_for_status()
        changed = await self._client.post(
            f"{path}/transitions",
            json={"to": to, **said},
            headers={**signed, "If-Match": case.headers["ETag"]},
        )
        changed.raise_for_status()
