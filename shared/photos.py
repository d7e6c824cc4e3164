"""Photos at rest: encrypted one by one, in a folder or an S3 bucket."""

from base64 import b64decode, b64encode
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname
from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from shared.contracts.content import Photo
from shared.errors import DependencyAway

if TYPE_CHECKING:
    from obstore.store import ObjectStore

MISSING = (FileNotFoundError,)


class PhotoStoreAway(DependencyAway):
    """The store did not take or give a photo."""


class PhotoUnreadable(Exception):
    """There is no such photo, or its key does not open it."""


class PhotoStore:
    """
    Keeps what it is given under ``photos/<report_id>/<photo_id>``, whole or not at all.

    It only ever sees encrypted bytes: the key travels in the sealed content.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._opened: ObjectStore | None = None

    async def put(self, report_id: UUID, photo: Photo, jpeg: bytes) -> None:
        """Encrypt and keep a photo. Raises PhotoStoreAway."""
        encrypted = bytes(SecretBox(b64decode(photo.key)).encrypt(jpeg))
        try:
            await self._store().put_async(_path(report_id, photo.photo_id), encrypted)
        except Exception as error:
            raise PhotoStoreAway(type(error).__name__) from error

    async def get(self, report_id: UUID, photo: Photo) -> bytes:
        """A photo as it was put. Raises PhotoStoreAway, PhotoUnreadable."""
        try:
            path = _path(report_id, photo.photo_id)
            found = await self._store().get_async(path)
            encrypted = bytes(await found.bytes_async())
        except MISSING as error:
            raise PhotoUnreadable("there is no such photo") from error
        except Exception as error:
            raise PhotoStoreAway(type(error).__name__) from error
        try:
            return SecretBox(b64decode(photo.key)).decrypt(encrypted)
        except (CryptoError, ValueError):
            raise PhotoUnreadable("the key does not open it") from None

    async def delete(self, report_id: UUID, photo: Photo) -> None:
        """Forget a photo; it is no error if there is none. Raises PhotoStoreAway."""
        try:
            await self._store().delete_async(_path(report_id, photo.photo_id))
        except MISSING:
            return
        except Exception as error:
            raise PhotoStoreAway(type(error).__name__) from error

    def _store(self) -> "ObjectStore":
        """Opened when it is first used: its library is heavy."""
        if self._opened is None:
            from obstore.store import LocalStore, from_url

            parts = urlsplit(self._url)
            if parts.scheme == "file":
                folder = url2pathname(parts.path)
                self._opened = LocalStore(folder, automatic_cleanup=True, mkdir=True)
            else:
                self._opened = from_url(self._url)
        return self._opened


def key_of(raw: bytes) -> str:
    """A key of 32 bytes as it travels."""
    return b64encode(raw).decode()


def _path(report_id: UUID, photo_id: UUID) -> str:
    return f"photos/{report_id}/{photo_id}"
