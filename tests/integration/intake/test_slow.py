"""A body that does not come: the sender is told, and others are not kept waiting."""

import asyncio
import os
from urllib.parse import urlsplit

import pytest

HEAD = (
    b"POST /api/v1/reports HTTP/1.1\r\nHost: intake\r\n"
    b"Content-Type: application/json\r\nContent-Length: 100\r\n\r\n"
)
FULL = bool(os.environ.get("FULL"))


@pytest.mark.skipif(not FULL, reason="takes 30 s: FULL=1")
async def test_a_body_that_does_not_come_is_refused_after_half_a_minute(intake, client):
    at = urlsplit(intake.url)
    reader, writer = await asyncio.open_connection(at.hostname, at.port)
    writer.write(HEAD + b'{"desc')

    answer = await client.post("/api/v1/reports", json={"description": "Lampe aus"})
    async with asyncio.timeout(40):
        refusal = await reader.read()
    writer.close()

    assert answer.status_code == 201
    assert refusal.startswith(b"HTTP/1.1 408 ")
