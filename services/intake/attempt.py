"""A client's try of a request: repeated, it makes no second report."""

import re
from dataclasses import dataclass

from starlette.requests import Request

from shared.identity import derived_tracking_code, new_tracking_code
from shared.web.problems import Refused

WEB = "web"
_VISIBLE = re.compile(r"[\x21-\x7e]{1,255}\Z")


@dataclass(frozen=True)
class Attempt:
    """A client's key for a request, so that trying again makes no second report."""

    client: str
    key: str

    @property
    def pair(self) -> tuple[str, str]:
        """Client and key, as the memory asks for them."""
        return self.client, self.key


def attempt_of(request: Request) -> Attempt | None:
    """The request's Idempotency-Key, if it has one. Raises Refused."""
    keys = request.headers.getlist("idempotency-key")
    if not keys:
        return None
    if len(keys) > 1 or not _VISIBLE.match(keys[0]):
        raise Refused(
            400,
            "bad-idempotency-key",
            "The Idempotency-Key is not usable.",
            "Idempotency-Key: one, of 1 to 255 visible ASCII characters.",
        )
    return Attempt(WEB, keys[0])


def code_for(attempt: Attempt | None, mark: bytes, secret: bytes) -> str:
    """The tracking code: the same for the same attempt with the same body."""
    if attempt is None:
        return new_tracking_code()
    return derived_tracking_code(
        secret, client=attempt.client, key=attempt.key, fingerprint=mark
    )
