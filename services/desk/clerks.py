"""Who may work as which department."""

import hashlib
import hmac
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter

from shared.contracts.vocabulary import DepartmentId

_TOKENS = TypeAdapter(
    dict[DepartmentId, Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]]
)


class Clerks:
    """One token per department; only its hash is known here."""

    def __init__(self, hashes: Mapping[str, str]) -> None:
        self._hashes = dict(hashes)

    @property
    def departments(self) -> list[str]:
        """Who has a token."""
        return sorted(self._hashes)

    def department_of(self, token: str) -> str | None:
        """Whose token this is. Every hash is compared, so that time tells nothing."""
        given = hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
        found = [
            department
            for department, known in self._hashes.items()
            if hmac.compare_digest(known, given)
        ]
        return found[0] if found else None

    def session_mark(self, department: str) -> str | None:
        """Ends a session when the department's token is changed."""
        known = self._hashes.get(department)
        if known is None:
            return None
        return hashlib.sha256(f"session:{known}".encode()).hexdigest()[:16]


def load_clerks(file: Path) -> Clerks:
    """The departments' tokens from a JSON file."""
    return Clerks(_TOKENS.validate_json(file.read_bytes()))
