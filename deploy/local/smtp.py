"""
The mail sink of one machine: every mail lands in a Maildir.

``250`` is said only when the mail is on the disk, as an honest server does.
"""

import argparse
import asyncio
import mailbox
import os
import signal
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

MAX_BYTES = 20_000_000


class Sink:
    """Keeps what it is given."""

    def __init__(self, directory: Path) -> None:
        self._new = directory / "new"
        self._box = mailbox.Maildir(directory, create=True)

    async def handle_DATA(  # noqa: N802  the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Write one mail durably, then say so."""
        content = envelope.content
        mail = content if isinstance(content, bytes) else (content or "").encode()
        await asyncio.to_thread(self.keep, mail)
        return "250 OK"

    def keep(self, mail: bytes) -> None:
        """Put the mail and its name on the disk."""
        self._box.add(mail)
        folder = os.open(self._new, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


async def serve(host: str, port: int, directory: Path) -> None:
    """Take mail until SIGTERM or SIGINT."""
    loop = asyncio.get_running_loop()
    asked_to_stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, asked_to_stop.set)
    sink = Sink(directory)
    server = await loop.create_server(
        lambda: SMTP(
            sink,
            hostname="localhost",
            data_size_limit=MAX_BYTES,
            enable_SMTPUTF8=True,
            loop=loop,
        ),
        host,
        port,
    )
    async with server:
        await asked_to_stop.wait()


def main() -> None:
    """``python -m deploy.local.smtp --port 2525 --mail DIRECTORY``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--mail", type=Path, required=True)
    chosen = parser.parse_args()
    chosen.mail.parent.mkdir(parents=True, exist_ok=True)
    asyncio.run(serve(chosen.host, chosen.port, chosen.mail))


if __name__ == "__main__":
    main()
