"""Reads multipart bodies piece by piece, within strict limits."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from shared.web.problems import FieldError, Refused

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

MAX_PARTS = 60
MAX_FILE_BYTES = 10_000_000
MAX_FIELD_BYTES = 262_144
MAX_PART_HEADERS = 6
MAX_HEADER_BYTES = 1024


File = bytes | bytearray


@dataclass
class Part:
    """One part: a field, or a file if it came with a file name."""

    name: str = ""
    is_file: bool = False
    data: bytearray = field(default_factory=bytearray)

    @property
    def limit(self) -> int:
        """How long it may get."""
        return MAX_FILE_BYTES if self.is_file else MAX_FIELD_BYTES


class _Collector:
    """Takes the parser's calls and keeps the parts."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.ended = False
        self._header = bytearray()
        self._value = bytearray()

    def on_part_begin(self) -> None:
        if len(self.parts) == MAX_PARTS:
            raise _too_large("", f"more than {MAX_PARTS} parts")
        self.parts.append(Part())

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def on_header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            kind, options = parse_options_header(bytes(self._value))
            part = self.parts[-1]
            part.name = options.get(b"name", b"").decode("utf-8", "replace")
            part.is_file = b"filename" in options
            if kind != b"form-data" or not part.name:
                raise broken()
        self._header, self._value = bytearray(), bytearray()

    def on_headers_finished(self) -> None:
        if not self.parts[-1].name:
            raise broken()

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        part = self.parts[-1]
        part.data += data[start:end]
        if len(part.data) > part.limit:
            raise _too_large(part.name, f"is larger than {part.limit} bytes")

    def on_end(self) -> None:
        self.ended = True


async def read_parts(chunks: AsyncIterator[bytes], content_type: str) -> list[Part]:
    """All parts of a body. Raises Refused (400 broken, 413 too large)."""
    _, options = parse_options_header(content_type)
    boundary = options.get(b"boundary", b"")
    if not boundary:
        raise broken()
    collector = _Collector()
    try:
        parser = MultipartParser(
            boundary,
            _calls(collector),
            max_header_count=MAX_PART_HEADERS,
            max_header_size=MAX_HEADER_BYTES,
        )
        async for chunk in chunks:
            parser.write(chunk)
        parser.finalize()
    except FormParserError:
        raise broken() from None
    if not collector.ended:
        raise broken()
    return collector.parts


def broken() -> Refused:
    """The body is not what its content type says."""
    return Refused(
        400, "broken-multipart", "The body is not whole multipart/form-data."
    )


def _too_large(field_: str, detail: str) -> Refused:
    return Refused(
        413,
        "too-large",
        "The request is too large.",
        errors=(FieldError(field_[:60], detail),),
    )


def _calls(collector: _Collector) -> "MultipartCallbacks":
    return {
        "on_part_begin": collector.on_part_begin,
        "on_part_data": collector.on_part_data,
        "on_header_field": collector.on_header_field,
        "on_header_value": collector.on_header_value,
        "on_header_end": collector.on_header_end,
        "on_headers_finished": collector.on_headers_finished,
        "on_end": collector.on_end,
    }
