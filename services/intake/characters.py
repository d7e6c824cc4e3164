"""Which characters may stand in what people write."""

import re

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

_FORBIDDEN = re.compile("[\x00\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def _writable(text: str) -> str:
    """
    Refuse NUL, directional controls and halves of characters.

    They hide what a text says. Arabic letters and joiners are words and stay.
    """
    if _FORBIDDEN.search(text):
        raise PydanticCustomError(
            "characters.forbidden",
            "must not contain NUL, directional control characters or lone surrogates",
        )
    return text


WRITABLE = AfterValidator(_writable)
"""For text that a person may have written; stands after its StringConstraints."""
