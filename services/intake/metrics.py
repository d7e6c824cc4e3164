"""What Prometheus sees of intake. No ids, no content."""

from prometheus_client import Counter

_ACCEPTED = Counter(
    "meldekette_reports_accepted_total", "Reports answered with 201", ("lane", "again")
)
_REFUSED = Counter(
    "meldekette_requests_refused_total", "Requests refused, by status", ("status",)
)


def accepted(lane: str, *, replayed: bool) -> None:
    """Count a report; one that was tried again is told apart."""
    _ACCEPTED.labels(lane, "yes" if replayed else "no").inc()


def refused(status: int) -> None:
    """Count a refusal."""
    _REFUSED.labels(str(status)).inc()
