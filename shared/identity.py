"""Who is who: tracking codes, and the report ids made of them."""

import hashlib
import hmac
import secrets
from uuid import UUID

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 24
CODE_BITS = 5 * CODE_LENGTH

_READ_AS = str.maketrans("ILOU", "110V")


class NotACode(ValueError):
    """The text is no tracking code."""


def new_tracking_code() -> str:
    """A random code of 120 bits: 24 characters of Crockford's base 32."""
    return _encode(secrets.randbits(CODE_BITS))


def derived_tracking_code(
    secret: bytes, *, client: str, key: str, fingerprint: bytes
) -> str:
    """
    The code of a request with an Idempotency-Key: the same each time.

    HMAC-SHA-256 over client, key and the fingerprint of the body, so that a retry
    finds the same report even when nothing is remembered.
    """
    parts = (client.encode(), key.encode(), fingerprint)
    message = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    digest = hmac.digest(secret, message, "sha256")
    return _encode(int.from_bytes(digest[: CODE_BITS // 8], "big"))


def read_tracking_code(text: str) -> str:
    """
    A code as a person typed it, in its one written form.

    Spaces, dashes and case do not matter; I and L are read as 1, O as 0
    (Crockford) and U as V. Raises NotACode.
    """
    bare = "".join(text.split()).replace("-", "").upper().translate(_READ_AS)
    if len(bare) != CODE_LENGTH or any(char not in CROCKFORD for char in bare):
        raise NotACode("a tracking code has 24 letters and digits")
    return bare


def shown(tracking_code: str) -> str:
    """The code for people: six groups of four."""
    return "-".join(tracking_code[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def report_id_of(tracking_code: str) -> UUID:
    """The public id of a report (UUIDv8, RFC 9562): cannot be turned back."""
    digest = bytearray(hashlib.sha256(b"report" + tracking_code.encode()).digest()[:16])
    digest[6] = (digest[6] & 0x0F) | 0x80
    digest[8] = (digest[8] & 0x3F) | 0x80
    return UUID(bytes=bytes(digest))


def _encode(number: int) -> str:
    """A number of 120 bits in Crockford's base 32."""
    return "".join(
        CROCKFORD[(number >> shift) & 31] for shift in range(CODE_BITS - 5, -1, -5)
    )
