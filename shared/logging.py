"""One JSON line per log entry."""

import logging
from typing import Any

import structlog
from structlog.tracebacks import ExceptionDictTransformer

MAX_FIELD = 2000


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
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


def _cut(_logger: Any, _method: str, entry: dict[str, Any]) -> dict[str, Any]:
    """No field is longer than MAX_FIELD characters."""
    return {
        name: value[:MAX_FIELD] if isinstance(value, str) else value
        for name, value in entry.items()
    }
