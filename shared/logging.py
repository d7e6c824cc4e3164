"""One JSON line per log entry."""

import logging
import time
from typing import Any

import structlog
from structlog.tracebacks import ExceptionDictTransformer

MAX_FIELD = 2000
QUIET_SECONDS = 10.0


def configure_logging(level: str = "INFO") -> None:
    """Call once, first thing in ``__main__``. Libraries' records become JSON too."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    # Without locals: they hold what citizens wrote.
    last: list[Any] = [
        structlog.processors.ExceptionRenderer(
            ExceptionDictTransformer(show_locals=False)
        ),
        _cut,
        structlog.processors.JSONRenderer(),
    ]
    structlog.configure(
        processors=[*shared, *last],
        wrapper_class=structlog.make_filtering_bound_logger(level.upper()),
        cache_logger_on_first_use=True,
    )
    _catch_libraries(shared, last)


def _catch_libraries(shared: list[Any], last: list[Any]) -> None:
    """What libraries log by the standard library becomes JSON too."""
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *last,
            ],
        )
    )
    handler.addFilter(_OncePerWhile())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


def _cut(_logger: Any, _method: str, entry: dict[str, Any]) -> dict[str, Any]:
    """No field is longer than MAX_FIELD characters."""
    return {
        name: value[:MAX_FIELD] if isinstance(value, str) else value
        for name, value in entry.items()
    }


class _OncePerWhile(logging.Filter):
    """A library may say the same thing once in QUIET_SECONDS: a broker that is away
    would fill the disk otherwise."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[tuple[str, str], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written."""
        what = (record.name, str(record.msg))
        now = time.monotonic()
        if now - self._said.get(what, -QUIET_SECONDS) < QUIET_SECONDS:
            return False
        self._said[what] = now
        return True
