"""The notifier as a process of its own, to be ended without mercy."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from services.notifier.settings import Settings

PAGE = os.sysconf("SC_PAGE_SIZE")


class NotifierProcess:
    """``python -m services.notifier``, started as often as it takes."""

    def __init__(self, settings: Settings, port: int) -> None:
        self._environment = {
            **os.environ,
            "KAFKA_BOOTSTRAP_SERVERS": settings.kafka_bootstrap_servers,
            "TOPIC_PREFIX": settings.topic_prefix,
            "REDIS_URL": settings.redis_url,
            "SMTP_URL": settings.smtp_url,
            "MAIL_FROM": settings.mail_from,
            "PUBLIC_URL": settings.public_url,
            "PUBLIC_KEYS_DIR": str(settings.public_keys_dir),
            "PRIVATE_KEYS_DIR": str(settings.private_keys_dir),
            "RETRY_SECONDS": str(settings.retry_seconds),
            "HTTP_PORT": str(port),
            "INSTANCE": "notifier-1",
        }
        self.port = port
        self._process: Process | None = None

    async def start(self, **environment: str) -> None:
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "services.notifier"),
            env={**self._environment, **environment},
            stderr=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
        )

    async def ended(self) -> int:
        """Its exit code, once it has ended."""
        assert self._process is not None
        return await self._process.wait()

    async def kill(self) -> None:
        """``kill -9``."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()

    async def stop(self) -> int:
        """SIGTERM, and its exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return await self._process.wait()

    @property
    def megabytes(self) -> float:
        """Resident memory."""
        assert self._process is not None
        pages = Path(f"/proc/{self._process.pid}/statm").read_text().split()[1]
        return int(pages) * PAGE / 1_000_000


@asynccontextmanager
async def process_of(settings: Settings, port: int) -> AsyncIterator[NotifierProcess]:
    """A notifier's process that ends with its block; not started yet."""
    process = NotifierProcess(settings, port)
    try:
        yield process
    finally:
        if process._process is not None:
            await process.kill()
