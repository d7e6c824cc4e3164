"""
``python -m tests.bench.routing``: the router's throughput beside an agent that copies.

Both are processes that read the same reports from the same broker, one after the other.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4, uuid5

from shared.city.pack import load_city
from shared.contracts.all import all_topics
from shared.contracts.content import ReportContent
from shared.contracts.event import TopicSettings
from shared.contracts.reports import REPORTS, ReportReceived
from shared.contracts.vocabulary import Lane
from shared.kafka.publisher import open_publisher
from shared.kafka.replay import replay
from shared.kafka.topics import apply
from shared.sealing import Sealer, department_key, write_key_pair
from shared.settings import KafkaSettings
from tests.backing import local_parts
from tests.bench.memory import resident
from tests.builders import a_report
from tests.fault.citizens import a_body
from tests.waiting import until

ROOT = Path(__file__).parents[2]
PACK = ROOT / "deploy" / "cities" / "essen"
COUNT = 4000
AT_ONCE = 200
COPIES = TopicSettings(name="copies", written_by=("bench",), read_by=("bench",))


async def main(folder: Path, servers: str) -> int:
    """Print both throughputs; 0 if the router has half of the copier's."""
    kafka = KafkaSettings(
        kafka_bootstrap_servers=servers, topic_prefix=f"b{uuid4().hex[:6]}."
    )
    departments = load_city(PACK).departments
    await apply([*all_topics(departments), COPIES], kafka)
    sealer = _keys(folder, departments)
    await _report(kafka, sealer)
    tasks = [t for t in all_topics(departments) if t.name.startswith("tasks.")]
    environment = _environment(folder, kafka)
    copied, _ = await _measured("tests.bench.copier", environment, [COPIES], kafka)
    routed, memory = await _measured("services.router", environment, tasks, kafka)
    print(f"an agent that copies: {copied:.0f} reports/s")
    print(f"the router: {routed:.0f} reports/s, {routed / copied:.0%}; {memory} MB")
    return 0 if routed >= copied / 2 else 1


def _keys(folder: Path, departments: Mapping[str, object]) -> Sealer:
    for name in ("router", *map(department_key, departments)):
        write_key_pair(name, folder / "public", (folder / "private",))
    return Sealer(folder / "public")


async def _report(kafka: KafkaSettings, sealer: Sealer) -> None:
    """As many reports as intake would have written."""
    patient = kafka.model_copy(update={"send_timeout": 30})
    async with open_publisher(patient, source="intake") as publisher:
        for start in range(0, COUNT, AT_ONCE):
            numbers = range(start, start + AT_ONCE)
            await asyncio.gather(
                *(publisher.publish(REPORTS, _event(n, sealer)) for n in numbers)
            )


def _event(number: int, sealer: Sealer) -> ReportReceived:
    report_id = uuid5(UUID(int=0), str(number))
    body = a_body(number, None)
    content = ReportContent(
        report_id=report_id,
        description=body["description"],
        address=body["address"],
        lat=body["lat"],
        long=body["long"],
    )
    return a_report(
        report_id=report_id,
        lane=Lane.NORMAL,
        occurred_at=datetime.now(UTC),
        received_at=datetime.now(UTC),
        content=sealer.seal("router", content),
    )


def _environment(folder: Path, kafka: KafkaSettings) -> dict[str, str]:
    return {
        **os.environ,
        "KAFKA_BOOTSTRAP_SERVERS": kafka.kafka_bootstrap_servers,
        "TOPIC_PREFIX": kafka.topic_prefix,
        "INSTANCE": "bench-1",
        "HTTP_PORT": "0",
        "LOG_LEVEL": "WARNING",
        "CITY_PACK": str(PACK),
        "MODEL_DIR": str(ROOT / "deploy" / "model" / "base"),
        "PUBLIC_KEYS_DIR": str(folder / "public"),
        "PRIVATE_KEYS_DIR": str(folder / "private"),
    }


async def _measured(
    module: str,
    environment: Mapping[str, str],
    topics: Sequence[TopicSettings],
    kafka: KafkaSettings,
) -> tuple[float, int]:
    """Messages per second from the first to the last that it wrote; memory in MB."""
    command = [sys.executable, "-m", module]
    process = subprocess.Popen(  # noqa: ASYNC220  both run beside each other
        command, cwd=ROOT, env=dict(environment)
    )
    try:

        async def finished() -> list[int]:
            times = [m.timestamp for t in topics async for m in replay(t, kafka)]
            return times if len(times) >= COUNT else []

        times = await until(finished, seconds=240, every=1.0, what=f"all of {module}")
        memory = resident({module: process.pid})[module]
    finally:
        process.terminate()
        process.wait(20)
    return 1000 * COUNT / (max(times) - min(times)), memory


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        with local_parts(Path(name) / "parts", "kafka") as info:
            sys.exit(asyncio.run(main(Path(name), info["kafka"])))
