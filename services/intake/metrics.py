"""What Prometheus sees of intake. No ids, no content."""

from prometheus_client import Counter

_ACCEPTED = Counter(
    "meldekette_reports_accepted_total", "Reports answered with 201", ("lane", "again")
)
_REFUSED = Counter(
    "meldekette_requests_refused_total", "Requests refused, by status", ("status",)
)
_ASKED = Counter("meldekette_duplicates_asked_total", "Pages that asked: is it this?")
_FOLLOWED = Counter("meldekette_duplicates_followed_total", "Answers: yes, it is")


def accepted(lane: str, *, replayed: bool) -> None:
    """Count a report; one that was tried again is told apart."""
    _ACCEPTED.labels(lane, "yes" if replayed else "no").inc()


def asked() -> None:
    """Count a reporter who was shown earlier reports."""
    _ASKED.inc()


def followed() -> None:
    """Count one who reported nothing because it was known."""
    _FOLLOWED.inc()


def refused(status: int) -> None:
    """Count a refusal."""
    _REFUSED.labels(str(status)).inc()
