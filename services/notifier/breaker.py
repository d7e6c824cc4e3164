"""A pause for all when a server is away, so that no message pays for it."""

import asyncio
import time

import structlog

log = structlog.get_logger()

FIRST = 0.25
LONGEST = 8.0


class Breaker:
    """Open after the server did not answer; lets somebody try again after a while."""

    def __init__(self) -> None:
        self._failures = 0
        self._retry_at = 0.0

    @property
    def trouble(self) -> str | None:
        """What the probes should know, or None."""
        return "the mail server does not answer; mails wait" if self._failures else None

    def trip(self) -> None:
        """The server did not answer. Those who failed together count as one."""
        now = time.monotonic()
        if now < self._retry_at:
            return
        wait = min(FIRST * 2.0**self._failures, LONGEST)
        self._failures += 1
        self._retry_at = now + wait
        log.warning("mailserver.away", failures=self._failures, wait=wait)

    def heal(self) -> None:
        """The server has answered."""
        if self._failures:
            log.info("mailserver.back", failures=self._failures)
        self._failures = 0
        self._retry_at = 0.0

    async def passage(self) -> None:
        """Wait until it is worth a try."""
        delay = self._retry_at - time.monotonic()
        if delay > 0:
            await asyncio.sleep(delay)
