"""Citizens who post reports and do not give up, and a clerk who works them."""

import asyncio
import itertools
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx

TEXTS = (
    ("Wilder Müll am Containerstandort, Sperrmüll und Farbeimer", "illegal-dumping"),
    ("Die Straßenlaterne vor Haus 12 ist seit Tagen defekt", None),
    ("Tiefes Schlagloch auf der Fahrbahn", "road-damage"),
    ("Graffiti an der Unterführung", "graffiti"),
)
PLACES = ((51.4643, 6.9790), (51.4556, 7.0116), (51.4830, 7.0450))


@dataclass
class Accepted:
    """A report that was answered with 2xx."""

    report_id: UUID
    tracking_code: str
    email: str


@dataclass
class Citizens:
    """Post reports; a failed one is tried again with the same Idempotency-Key."""

    intake: str
    accepted: list[Accepted] = field(default_factory=list)
    refused: int = 0
    limit: int = 20
    tries: int = 200

    async def report(self, count: int, *, rate: float | None = None) -> None:
        """Post *count* reports, *rate* per second (None: as fast as it goes)."""
        gate = asyncio.Semaphore(self.limit)
        limits = httpx.Limits(max_connections=self.limit)
        async with httpx.AsyncClient(
            base_url=self.intake, timeout=10, limits=limits
        ) as client:

            async def one(number: int) -> None:
                async with gate:
                    await self._insist(client, number)

            tasks = []
            for number in range(count):
                tasks.append(asyncio.create_task(one(number)))
                if rate:
                    await asyncio.sleep(1 / rate)
            await asyncio.gather(*tasks)

    async def _insist(self, client: httpx.AsyncClient, number: int) -> None:
        """One report, until it is accepted."""
        email = f"nr-{number}-{uuid4().hex[:6]}@example.org"
        body, headers = a_body(number, email), {"Idempotency-Key": uuid4().hex}
        for attempt in itertools.count(1):
            try:
                answer = await client.post(
                    "/api/v1/reports", json=body, headers=headers
                )
            except httpx.HTTPError:
                answer = None
            if answer is not None and answer.status_code == 201:
                said = answer.json()
                self.accepted.append(
                    Accepted(UUID(said["report_id"]), said["tracking_code"], email)
                )
                return
            assert answer is None or answer.status_code == 503, answer.text
            self.refused += 1
            assert attempt < self.tries, "never accepted"
            await asyncio.sleep(0.1)


def a_body(number: int, email: str | None) -> dict[str, Any]:
    """What a citizen sends."""
    text, service = TEXTS[number % len(TEXTS)]
    lat, long = PLACES[number % len(PLACES)]
    body: dict[str, Any] = {"description": f"{text} ({number})"}
    body |= {"lat": lat, "long": long, "address": f"Altendorfer Straße {number}"}
    if service:
        body["service_code"] = service
    if email:
        body["contact"] = {"email": email, "language": "de"}
    return body


@dataclass
class Clerks:
    """All departments' clerks, through the desk's API."""

    desk: str
    tokens: dict[str, str]

    def client(self) -> httpx.AsyncClient:
        """A client for the desk."""
        return httpx.AsyncClient(base_url=self.desk, timeout=15)

    async def cases(self, **query: str) -> list[dict[str, Any]]:
        """Every case of every department."""
        async with self.client() as client:
            lists = [
                await self._all(client, department, {"status": "all", **query})
                for department in self.tokens
            ]
        return list(itertools.chain.from_iterable(lists))

    async def move(
        self, owner: str, report_id: UUID | str, to: str, **more: str
    ) -> dict[str, Any]:
        """One transition, insisted upon until the desk has done it."""
        headers = self.headers(owner)
        path = f"/api/v1/cases/{report_id}"
        async with self.client() as client:
            for _ in range(200):
                try:
                    case = await client.get(path, headers=headers)
                    if case.status_code == 200 and case.json()["status"] == to:
                        return dict(case.json())
                    answer = await client.post(
                        f"{path}/transitions",
                        headers=headers | {"If-Match": case.headers.get("ETag", "")},
                        json={"to": to, **more},
                    )
                except httpx.HTTPError:
                    await asyncio.sleep(0.1)
                    continue
                if answer.status_code == 200:
                    return dict(answer.json())
                assert answer.status_code in {404, 412, 428, 503}, answer.text
                await asyncio.sleep(0.1)
        raise AssertionError(f"{report_id} never became {to}")

    def headers(self, department: str) -> dict[str, str]:
        """A department's credentials."""
        return {"Authorization": f"Bearer {self.tokens[department]}"}

    async def _all(
        self, client: httpx.AsyncClient, department: str, query: dict[str, str]
    ) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        url: str | None = str(httpx.URL("/api/v1/cases", params=query))
        while url:
            answer = await client.get(url, headers=self.headers(department))
            answer.raise_for_status()
            found += answer.json()
            url = answer.links.get("next", {}).get("url")
        return found
