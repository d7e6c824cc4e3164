"""``python -m tests.bench``: POST to case and to mail, at a steady rate."""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.table import Table

from deploy.local.stack import Stack
from tests.bench import floor
from tests.bench.memory import resident
from tests.fault.chain import Chain, chain_of
from tests.fault.citizens import a_body
from tests.waiting import until

TARGETS = {"POST to case": 0.3, "POST to mail": 0.6}


async def main(rate: float, seconds: float) -> dict[str, Any]:
    """Run the chain at *rate* reports per second and say how long each step took."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with Stack(folder / "chain", outside={}, say=print) as stack:
            chain = chain_of(stack)
            await run(chain, rate, 5)  # warm
            memory = resident(stack.info["processes"])
            steps = await run(chain, rate, seconds)
            steps |= await floors(stack, folder, rate)
    return {
        "rate": rate,
        "count": int(rate * seconds),
        "steps": {name: figures(times) for name, times in steps.items()},
        "memory_mb": memory,
    }


async def run(chain: Chain, rate: float, seconds: float) -> dict[str, list[float]]:
    """Post at a steady rate; times of each step per report."""
    began: dict[str, float] = {}
    answered: dict[str, float] = {}
    ids: dict[str, str] = {}
    async with httpx.AsyncClient(base_url=chain.citizens.intake, timeout=20) as client:

        async def one(number: int) -> None:
            email = f"bench-{time.time_ns()}-{number}@example.org"
            began[email] = time.time()
            answer = await client.post("/api/v1/reports", json=a_body(number, email))
            answered[email] = time.time()
            answer.raise_for_status()
            ids[email] = answer.json()["report_id"]

        tasks = []
        for number in range(int(rate * seconds)):
            tasks.append(asyncio.create_task(one(number)))
            await asyncio.sleep(1 / rate)
        await asyncio.gather(*tasks)
    mailed = await first_mails(chain, set(began))
    cases = await case_times(chain, set(ids.values()))
    return {
        "POST to 201": [answered[e] - began[e] for e in began],
        "POST to case": [cases[ids[e]] - began[e] for e in began],
        "POST to mail": [mailed[e] - began[e] for e in began],
    }


async def first_mails(chain: Chain, emails: set[str]) -> dict[str, float]:
    """When each reporter's first mail lay in the mailbox (the file's time)."""
    mailbox = chain.ledger.mailbox

    def told() -> bool:
        mailbox.look()
        return all(len(mailbox.dated[email]) >= 2 for email in emails)

    await until(told, seconds=60, every=0.5, what="all mails")
    return {email: min(mailbox.dated[email])[0] / 1e9 for email in emails}


async def case_times(chain: Chain, reports: set[str]) -> dict[str, float]:
    """When the desk told of each case: later than the case's commit, never earlier."""
    from shared.contracts.status import STATUS
    from shared.kafka.replay import replay

    times: dict[str, float] = {}
    async for message in replay(STATUS, chain.kafka):
        event = STATUS.decode(message.value, message.key)
        if event.version == 2 and str(event.report_id) in reports:
            times.setdefault(str(event.report_id), message.timestamp / 1000)
    return times


async def floors(stack: Stack, folder: Path, rate: float) -> dict[str, list[float]]:
    """The same machine without us."""
    host, port = "127.0.0.1", int(stack.crew.environment("notifier")["SMTP_URL"][-5:])
    count = 100
    return {
        "floor: Kafka hop": await floor.kafka_hop(stack.info["kafka"], count, rate),
        "floor: commit": await floor.commit(folder, count, rate),
        "floor: mail": await floor.mail(host, port, count, rate),
    }


def figures(times: list[float]) -> dict[str, float]:
    """Median, 95th and 99th percentile in milliseconds."""
    cuts = statistics.quantiles(times, n=100)
    return {
        "p50": round(cuts[49] * 1000, 1),
        "p95": round(cuts[94] * 1000, 1),
        "p99": round(cuts[98] * 1000, 1),
    }


def show(result: dict[str, Any]) -> bool:
    """Print the figures; whether the targets are met."""
    table = Table(title=f"{result['count']} reports at {result['rate']:g}/s")
    for column in ("step", "p50 ms", "p95 ms", "p99 ms", "target p95"):
        table.add_column(column, justify="left" if column == "step" else "right")
    met = True
    for name, found in result["steps"].items():
        target = TARGETS.get(name)
        good = target is None or found["p95"] < target * 1000
        met &= good
        words = (
            "" if target is None else f"< {target * 1000:.0f} {'✓' if good else '✗'}"
        )
        table.add_row(name, *(f"{found[p]}" for p in ("p50", "p95", "p99")), words)
    console = Console()
    console.print(table)
    memory = result["memory_mb"]
    parts = ", ".join(f"{name} {size}" for name, size in memory.items())
    console.print(f"Memory, MB resident: {parts}; together {sum(memory.values())}")
    return met


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=20)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    chosen = parser.parse_args()
    measured = asyncio.run(main(chosen.rate, chosen.seconds))
    if chosen.json:
        chosen.json.write_text(json.dumps(measured, indent=1))
    sys.exit(0 if show(measured) else 1)
