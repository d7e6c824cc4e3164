"""Bodies of requests to the desk are small."""

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.desk.problems import too_large

MOST_BYTES = 64_000


class TooMuch(ValueError):
    """A body that grew too large while it was read."""


class Guard:
    """Refuses large bodies before they are read."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        length = Headers(scope=scope).get("content-length", "0")
        if length.isdecimal() and int(length) <= MOST_BYTES:
            await self._app(scope, _counted(receive), send)
        else:
            await _refusal()(scope, receive, send)


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


def _refusal() -> JSONResponse:
    refused = too_large(MOST_BYTES)
    return JSONResponse(
        refused.marshal(), refused.status, media_type="application/problem+json"
    )
