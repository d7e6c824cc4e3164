"""What Prometheus sees of reading and writing. No ids, no content."""

from prometheus_client import Counter, Histogram

_WORKED = Counter(
    "meldekette_messages_total", "Messages worked", ("reader", "topic", "outcome")
)
_SECONDS = Histogram(
    "meldekette_message_seconds",
    "Time in the handler",
    ("reader", "topic"),
    buckets=(0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30),
)


def worked(reader: str, topic: str, reason: str | None, seconds: float) -> None:
    """Count one message; of a dead one only the code of its reason."""
    outcome = "worked" if reason is None else reason.split(":", 1)[0]
    _WORKED.labels(reader, topic, outcome).inc()
    _SECONDS.labels(reader, topic).observe(seconds)
