"""Sealed content: only the holder of the private key can read it (libsodium)."""

from base64 import b64decode, b64encode
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from pydantic import ValidationError

from shared.contracts.content import Content

C = TypeVar("C", bound=Content)


class CannotOpen(Exception):
    """Sealed content that this process cannot read, or that is of another report."""


class UnknownRecipient(LookupError):
    """There is no key of this name."""


class Sealer:
    """Seals content to recipients whose public keys lie in one folder."""

    def __init__(self, directory: Path) -> None:
        """Reads ``<recipient>.pub`` files (32 bytes, base64)."""
        self._boxes = {
            path.stem: SealedBox(PublicKey(b64decode(path.read_text())))
            for path in sorted(directory.glob("*.pub"))
        }

    def seal(self, recipient: str, content: Content) -> str:
        """Content for one recipient, in base64. Raises UnknownRecipient."""
        box = self._boxes.get(recipient)
        if box is None:
            raise UnknownRecipient(recipient)
        return b64encode(box.encrypt(content.model_dump_json().encode())).decode()


class Opener:
    """Opens what was sealed to the recipients whose private keys lie in one folder."""

    def __init__(self, directory: Path) -> None:
        """Reads ``<recipient>.key`` files (32 bytes, base64)."""
        self._boxes = {
            path.stem: SealedBox(PrivateKey(b64decode(path.read_text())))
            for path in sorted(directory.glob("*.key"))
        }

    def open(self, recipient: str, sealed: str, report_id: UUID, model: type[C]) -> C:
        """The content, if it is of this report. Raises CannotOpen, UnknownRecipient."""
        box = self._boxes.get(recipient)
        if box is None:
            raise UnknownRecipient(recipient)
        try:
            content = model.model_validate_json(box.decrypt(b64decode(sealed)))
        except (CryptoError, ValidationError, ValueError):
            raise CannotOpen(f"not readable with the key of {recipient}") from None
        if content.report_id != report_id:
            raise CannotOpen("the content is of another report")
        return content


def department_key(department: str) -> str:
    """The name of a department's key."""
    return f"department-{department}"


def write_key_pair(name: str, public: Path, private: tuple[Path, ...]) -> None:
    """Make a key pair: ``name.pub`` in one folder, ``name.key`` in the others."""
    key = PrivateKey.generate()
    public.mkdir(parents=True, exist_ok=True)
    (public / f"{name}.pub").write_bytes(b64encode(bytes(key.public_key)))
    for folder in private:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / f"{name}.key"
        path.touch(mode=0o600)
        path.write_bytes(b64encode(bytes(key)))
