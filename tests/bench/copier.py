"""A Faust agent that only copies: the floor for the router's throughput."""

import os
import sys
from typing import Any

from shared.kafka.worker import _app
from shared.settings import KafkaSettings


def main() -> None:
    """Copy ``reports`` to ``copies``, each acknowledged by the broker, in order."""
    settings = KafkaSettings()
    app = _app(f"{settings.topic_prefix}copier", settings)
    raw: dict[str, Any] = {
        "key_type": bytes,
        "value_type": bytes,
        "key_serializer": "raw",
        "value_serializer": "raw",
    }
    source = app.topic(f"{settings.topic_prefix}reports", **raw)
    target = app.topic(f"{settings.topic_prefix}copies", **raw)

    @app.agent(source)
    async def copy(stream: Any) -> None:
        async for event in stream.events():
            await (await target.send(key=event.key, value=event.value))

    os.environ.setdefault("FAUST_LOOP", "uvloop")
    sys.argv = [sys.argv[0], "worker", "--loglevel=error", "--without-web"]
    app.main()


if __name__ == "__main__":
    main()
