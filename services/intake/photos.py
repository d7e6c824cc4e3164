"""Photos as they come: checked, drawn anew without any hidden words, put away."""

import asyncio
import hmac
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING
from uuid import UUID

from services.intake.multipart import File
from shared.contracts.content import Photo
from shared.contracts.event import event_id
from shared.photos import PhotoStore, PhotoStoreAway, key_of
from shared.web.problems import FieldError, Refused, invalid

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 25_000_000
LONGEST_SIDE = 2048
QUALITY = 85
FORMATS = ("JPEG", "PNG", "WEBP")
AT_ONCE = 2
STORE_SECONDS = 5


class Unusable(ValueError):
    """The bytes are no photo that we take."""


class Darkroom:
    """Draws photos anew, a few at a time, and keeps them encrypted."""

    def __init__(self, *, store: PhotoStore, secret: bytes) -> None:
        self._store = store
        self._secret = secret
        self._places = asyncio.Semaphore(AT_ONCE)

    async def keep(self, report_id: UUID, files: Sequence[File]) -> tuple[Photo, ...]:
        """
        Store every photo before the report is sent. Raises Refused.

        The keys follow from the report, so that a retry stores the same photos.
        """
        drawn = [await self._drawn(index, file) for index, file in enumerate(files)]
        photos = tuple(self._photo(report_id, index) for index in range(len(drawn)))
        try:
            async with asyncio.timeout(STORE_SECONDS):
                for photo, jpeg in zip(photos, drawn, strict=True):
                    await self._store.put(report_id, photo, jpeg)
        except (PhotoStoreAway, TimeoutError) as error:
            raise _no_room() from error
        return photos

    async def _drawn(self, index: int, file: File) -> bytes:
        async with self._places:
            try:
                return await asyncio.to_thread(drawn_anew, file)
            except Unusable as error:
                raise invalid(FieldError(f"photos.{index}", str(error))) from None

    def _photo(self, report_id: UUID, index: int) -> Photo:
        name = f"photo:{report_id}:{index}".encode()
        return Photo(
            photo_id=event_id(report_id, "photo", index),
            key=key_of(hmac.digest(self._secret, name, "sha256")),
        )


def drawn_anew(file: File) -> bytes:
    """
    The picture as a new JPEG: nothing but its points. Raises Unusable.

    So no place, serial number, comment or second file hidden in it survives.
    """
    import warnings

    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
    try:
        with Image.open(BytesIO(file), formats=FORMATS) as opened:
            return _jpeg(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unusable("has more than 25 million points") from None
    except Exception:  # noqa: BLE001  Pillow's readers raise many kinds
        raise Unusable("is not a whole JPEG, PNG or WebP picture") from None


def _jpeg(opened: "Image") -> bytes:
    from PIL import Image, ImageOps

    if opened.width * opened.height > MAX_PIXELS:
        raise Image.DecompressionBombError
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(opened).convert("RGBA")
    clean = Image.new("RGB", upright.size, "white")
    clean.paste(upright, mask=upright.getchannel("A"))
    written = BytesIO()
    clean.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()


def _no_room() -> Refused:
    return Refused(
        507,
        "no-room-for-photos",
        "The photos could not be stored.",
        "Nothing was accepted. Please try again later, or send it without photos.",
        headers={"Retry-After": "60"},
    )
