"""What Prometheus sees of telling. No ids, no addresses."""

from prometheus_client import Counter, Histogram

TOLD = Counter(
    "meldekette_notices_total", "Notices by channel and outcome", ("channel", "outcome")
)
TELLING_SECONDS = Histogram(
    "meldekette_notice_seconds",
    "From the change of the status to the server's acceptance",
    ("channel",),
    buckets=(0.05, 0.1, 0.2, 0.3, 0.6, 1, 3, 10, 60, 600, 3600, 14400),
)
