"""Bodies that intake must refuse: what is wrong, and the status."""

import json
from io import BytesIO

from PIL import Image

from tests.integration.intake.wrong_fields import GOOD, JSON, having

BOUNDARY = "----wall"
MULTIPART = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}


def a_picture(size=(8, 8), kind="PNG", **options):
    written = BytesIO()
    Image.new("RGB", size, "red").save(written, kind, **options)
    return written.getvalue()


def part(name, data, filename=None, headers=""):
    disposition = f'Content-Disposition: form-data; name="{name}"'
    if filename is not None:
        disposition += f'; filename="{filename}"'
    head = f"--{BOUNDARY}\r\n{disposition}\r\n{headers}\r\n".encode()
    return head + data + b"\r\n"


def multipart(*parts, end=True):
    closing = f"--{BOUNDARY}--\r\n".encode() if end else b""
    return b"".join(parts) + closing


REPORT = part("report", json.dumps(GOOD).encode())

WRONG_BODIES = {
    # what is wrong: (headers, body, status)
    "no body": (JSON, b"", 400),
    "half a JSON": (JSON, b'{"description": "Lampe', 400),
    "not UTF-8": (JSON, '{"description": "Straße"}'.encode("latin-1"), 400),
    "UTF-16": (JSON, json.dumps(GOOD).encode("utf-16"), 400),
    "100,000 brackets": (JSON, b"[" * 100_000, 400),
    "a number of 5,000 digits": (JSON, b'{"lat": ' + b"9" * 5000 + b"}", 400),
    "a list": (JSON, b"[]", 422),
    "null": (JSON, b"null", 422),
    "5 MB of text": (JSON, having(description="x" * 5_000_000), 413),
    "257 kB of attributes": (JSON, having(attributes={"a": "x" * 270_000}), 413),
    "XML": ({"Content-Type": "application/xml"}, b"<report/>", 415),
    "a form": ({"Content-Type": "application/x-www-form-urlencoded"}, b"a=b", 415),
    "no type": ({}, having(), 415),
    "multipart without a boundary": (
        {"Content-Type": "multipart/form-data"},
        b"x",
        400,
    ),
    "multipart without an end": (MULTIPART, multipart(REPORT, end=False), 400),
    "multipart that is JSON": (MULTIPART, having(), 400),
    "multipart without a name": (
        MULTIPART,
        f"--{BOUNDARY}\r\nContent-Type: text/plain\r\n\r\nx\r\n--{BOUNDARY}--".encode(),
        400,
    ),
    "a part header of 1 MB": (
        MULTIPART,
        multipart(part("report", b"{}", headers=f"X-A: {'a' * 1_000_000}\r\n")),
        400,
    ),
    "10,000 parts": (MULTIPART, multipart(*[part("photos", b"x", "a")] * 10_000), 413),
    "a photo of 11 MB": (
        MULTIPART,
        multipart(REPORT, part("photos", b"x" * 11_000_000, "a.jpg")),
        413,
    ),
    "multipart without a report": (
        MULTIPART,
        multipart(part("photos", b"x", "a")),
        422,
    ),
    "two reports": (MULTIPART, multipart(REPORT, REPORT), 422),
    "an unknown part": (MULTIPART, multipart(REPORT, part("evil", b"x")), 422),
    "a report that is no JSON": (MULTIPART, multipart(part("report", b"{")), 400),
    "six photos": (
        MULTIPART,
        multipart(REPORT, *[part("photos", a_picture(), "a.png")] * 6),
        422,
    ),
    "a photo that is text": (
        MULTIPART,
        multipart(REPORT, part("photos", b"<script>", "a.jpg")),
        422,
    ),
    "an SVG": (MULTIPART, multipart(REPORT, part("photos", b"<svg/>", "a.svg")), 422),
    "a GIF": (
        MULTIPART,
        multipart(REPORT, part("photos", a_picture(kind="GIF"), "a.gif")),
        422,
    ),
    "half a photo": (
        MULTIPART,
        multipart(REPORT, part("photos", a_picture((300, 300))[:60], "a.png")),
        422,
    ),
    "a photo of 36 million points": (
        MULTIPART,
        multipart(REPORT, part("photos", a_picture((6000, 6000)), "a.png")),
        422,
    ),
}
