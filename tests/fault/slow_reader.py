"""``python -m tests.fault.slow_reader``: reads replies, one of them for a minute."""

import asyncio
import os

from shared.contracts.replies import REPLIES, ReplyReceived
from shared.kafka.publisher import open_publisher
from shared.kafka.worker import Worker
from shared.settings import KafkaSettings


async def handle(event: ReplyReceived) -> None:
    """Say what begins and ends."""
    print(f"begun {event.report_id}", flush=True)
    if str(event.report_id) == os.environ["SLOW"]:
        await asyncio.sleep(60)  # the fault
    print(f"done {event.report_id}", flush=True)


async def main() -> None:
    """Read until killed."""
    settings = KafkaSettings()
    async with open_publisher(settings, source="test") as publisher:
        worker = Worker("slow", settings)
        worker.subscribe([REPLIES], handle, publisher=publisher)
        async with worker.running():
            if os.environ.get("STALL"):
                worker.app.flow_control.suspend()  # the fault: it sleeps for ever
            await worker.until(asyncio.Event())


if __name__ == "__main__":
    asyncio.run(main())
