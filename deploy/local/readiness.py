"""Does a part really answer? Asked by connecting to it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

Probe = Callable[[], Awaitable[bool]]
SECONDS = 3.0


def http_probe(host: str, port: int, path: str = "/readyz") -> Probe:
    """Ready when *path* answers 200."""

    async def probe() -> bool:
        status, _ = await get(host, port, path)
        return status == 200

    return probe


async def get(host: str, port: int, path: str) -> tuple[int, str]:
    """One small HTTP request; status 0 when nobody answers."""
    request = f"GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n".encode()
    try:
        async with asyncio.timeout(SECONDS):
            answer = await ask(host, port, request)
    except (OSError, TimeoutError):
        return 0, ""
    head, _, body = answer.decode(errors="replace").partition("\r\n\r\n")
    words = head.split(maxsplit=2)
    return (int(words[1]) if len(words) > 1 else 0), body


async def ask(host: str, port: int, request: bytes, *, size: int = -1) -> bytes:
    """Send bytes, read the answer (*size* bytes, or all), close."""
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(request)
        return await reader.read(size)
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


def line_probe(host: str, port: int, request: bytes, starts: bytes) -> Probe:
    """Ready when the answer to *request* begins as it should: SMTP, Redis."""

    async def probe() -> bool:
        try:
            async with asyncio.timeout(SECONDS):
                answer = await ask(host, port, request, size=64)
        except (OSError, TimeoutError):
            return False
        return answer.startswith(starts)

    return probe


def kafka_probe(address: str) -> Probe:
    """Ready when the broker tells its topics."""

    async def probe() -> bool:
        from aiokafka.admin import AIOKafkaAdminClient
        from aiokafka.errors import KafkaError

        logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
        admin = AIOKafkaAdminClient(bootstrap_servers=address, request_timeout_ms=3000)
        try:
            await admin.start()
            await admin.list_topics()
        except (KafkaError, OSError, TimeoutError):
            return False
        finally:
            await admin.close()
        return True

    return probe
