"""What holds for every answer of the desk: small bodies, strict headers."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 64_000

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


class TooMuch(ValueError):
    """A body that grew too large while it was read."""


class Guard:
    """Refuses large bodies before they are read and sets the headers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        guarded = _with_headers(send)
        length = Headers(scope=scope).get("content-length", "0")
        if not length.isdecimal() or int(length) > MOST_BYTES:
            await _too_large(scope, receive, guarded)
            return
        await self._app(scope, _counted(receive), guarded)


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending


def _counted(receive: Receive) -> Receive:
    """A body without Content-Length must stay small too."""
    read = 0

    async def receiving() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > MOST_BYTES:
            raise TooMuch("the body is too large")
        return message

    return receiving


async def _too_large(scope: Scope, receive: Receive, send: Send) -> None:
    problem = {
        "type": "body-too-large",
        "title": f"A body has at most {MOST_BYTES} bytes.",
        "status": 413,
    }
    answer = JSONResponse(problem, 413, media_type="application/problem+json")
    await answer(scope, receive, send)
