"""What is wrong is refused with 4xx problem+json that names the field."""

import json
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image

GOOD = {"description": "Die Laterne ist dunkel.", "lat": 51.4508, "long": 7.0131}
JSON = {"Content-Type": "application/json"}
BOUNDARY = "----wall"
MULTIPART = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}


def having(**fields):
    return json.dumps({**GOOD, **fields}).encode()


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

WRONG_FIELDS = {
    # what is wrong: (body, the field that is named)
    "no description": (b'{"lat": 51.45, "long": 7.01}', "description"),
    "description of two characters": (having(description="ab"), "description"),
    "description of blanks": (having(description=" \n\t  x "), "description"),
    "description of 4,001 characters": (having(description="x" * 4001), "description"),
    "description is a number": (having(description=42), "description"),
    "description is null": (having(description=None), "description"),
    "description is a list": (having(description=["Laterne"]), "description"),
    "NUL in the description": (having(description="Lampe\x00kaputt"), "description"),
    "right-to-left override": (having(description="Lampe\u202egnp"), "description"),
    "left-to-right embedding": (having(description="Lampe \u202a x"), "description"),
    "isolate": (having(description="Lampe \u2067 x"), "description"),
    "pop isolate": (having(description="Lampe \u2069 x"), "description"),
    "half a character": (b'{"description": "Lampe \\ud83d kaputt"}', "description"),
    "unknown service": (having(service_code="dragons"), "service_code"),
    "service in capitals": (having(service_code="Street-Light"), "service_code"),
    "service with a line end": (having(service_code="dirt\n"), "service_code"),
    "service is true": (having(service_code=True), "service_code"),
    "empty service": (having(service_code=""), "service_code"),
    "lat without long": (b'{"description": "Lampe", "lat": 51.45}', "long"),
    "long without lat": (b'{"description": "Lampe", "long": 7.01}', "lat"),
    "long is null": (having(long=None), "long"),
    "lat is text": (having(lat="51.45"), "lat"),
    "lat is NaN": (b'{"description": "Lampe", "lat": NaN, "long": 7}', "lat"),
    "long is Infinity": (
        b'{"description": "Lampe", "lat": 51, "long": Infinity}',
        "long",
    ),
    "lat overflows": (b'{"description": "Lampe", "lat": 1e999, "long": 7}', "lat"),
    "lat above the pole": (having(lat=91.0), "lat"),
    "long around the world": (having(long=-181), "long"),
    "lat is true": (having(lat=True), "lat"),
    "in Cologne": (having(lat=50.94, long=6.96), "lat"),
    "lat and long swapped": (having(lat=7.0131, long=51.4508), "long"),
    "Null Island": (having(lat=0, long=0), "lat"),
    "address of 301 characters": (having(address="x" * 301), "address"),
    "NUL in the address": (having(address="Markt\x00"), "address"),
    "address is an object": (having(address={"street": "Markt"}), "address"),
    "31 attributes": (
        having(attributes={f"a{n}": "b" for n in range(31)}),
        "attributes",
    ),
    "a number as attribute": (having(attributes={"pole": 7}), "attributes.pole"),
    "nested attributes": (having(attributes={"a": {"b": "c"}}), "attributes.a"),
    "a long attribute": (having(attributes={"a": "b" * 301}), "attributes.a"),
    "a long attribute name": (
        having(attributes={"a" * 61: "b"}),
        "attributes." + "a" * 60,
    ),
    "attribute with override": (having(attributes={"a": "\u202e"}), "attributes.a"),
    "attributes are a list": (having(attributes=[]), "attributes"),
    "mail without a host": (having(contact={"email": "anna@"}), "contact.email"),
    "mail with two @": (having(contact={"email": "a@b@example.org"}), "contact.email"),
    "mail with a line end": (
        having(contact={"email": "a@example.org\nBcc: b"}),
        "contact.email",
    ),
    "mail without a dot": (having(contact={"email": "a@host"}), "contact.email"),
    "long mail": (
        having(contact={"email": f"{'a' * 250}@example.org"}),
        "contact.email",
    ),
    "mail is a list": (having(contact={"email": ["a@example.org"]}), "contact.email"),
    "webhook by ftp": (
        having(contact={"webhook": "ftp://example.org"}),
        "contact.webhook",
    ),
    "webhook from a file": (
        having(contact={"webhook": "file:///etc/passwd"}),
        "contact.webhook",
    ),
    "webhook with a password": (
        having(contact={"webhook": "https://a:b@example.org"}),
        "contact.webhook",
    ),
    "webhook without a host": (
        having(contact={"webhook": "https://"}),
        "contact.webhook",
    ),
    "webhook in brackets": (
        having(contact={"webhook": "http://[::1"}),
        "contact.webhook",
    ),
    "language of Mars": (having(contact={"language": "xx"}), "contact.language"),
    "contact is text": (having(contact="a@example.org"), "contact"),
    "unknown field in contact": (having(contact={"phone": "110"}), "contact.phone"),
    "confidential is text": (having(confidential="yes"), "confidential"),
    "confidential is 1": (having(confidential=1), "confidential"),
    "confidential is null": (having(confidential=None), "confidential"),
    "unknown field": (having(priority="high"), "priority"),
    "someone's own report_id": (having(report_id=str(uuid4())), "report_id"),
    "half a character as name": (b'{"description": "Lampe", "\\ud800": 1}', ""),
}

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


def assert_problem(answer, status):
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["title"]
    return problem


@pytest.mark.parametrize("wrong", WRONG_FIELDS)
async def test_a_wrong_field_is_named(client, wrong):
    body, field = WRONG_FIELDS[wrong]

    answer = await client.post("/api/v1/reports", content=body, headers=JSON)

    problem = assert_problem(answer, 422)
    assert field in {error["field"] for error in problem["errors"]}


@pytest.mark.parametrize("wrong", WRONG_BODIES)
async def test_a_body_that_cannot_be_taken_is_refused(client, wrong):
    headers, body, status = WRONG_BODIES[wrong]

    answer = await client.post("/api/v1/reports", content=body, headers=headers)

    assert_problem(answer, status)


@pytest.mark.parametrize(
    "key", ["", "x" * 256, "mit Leerzeichen", "Schlüssel".encode(), "tab\there"]
)
async def test_an_unusable_idempotency_key_is_refused(client, key):
    answer = await client.post(
        "/api/v1/reports", json=GOOD, headers={"Idempotency-Key": key}
    )

    problem = assert_problem(answer, 400)
    assert "Idempotency-Key" in problem["detail"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("limit=many", "limit"),
        ("status=lost", "status"),
        ("bbox=1,2,3", "bbox"),
        ("bbox=a,b,c,d", "bbox"),
        ("bbox=7,51,6,52", "bbox"),
        ("bbox=6,nan,7,52", "bbox"),
        ("after=yesterday", "after"),
        ("service_code=%00", "service_code"),
    ],
)
async def test_a_wrong_question_is_named(client, query, field):
    answer = await client.get(f"/api/v1/reports?{query}")

    problem = assert_problem(answer, 422)
    assert {error["field"] for error in problem["errors"]} == {field}


@pytest.mark.parametrize(
    "code", ["", "K7QM", "x" * 80, "K7QM-2X9D-TTB4-0ZQW-8H3N-5VR!"]
)
async def test_what_is_no_code_is_refused(client, code):
    answer = await client.post("/api/v1/tracking", json={"tracking_code": code})

    problem = assert_problem(answer, 422)
    assert problem["errors"][0]["field"] == "tracking_code"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("DELETE", "/api/v1/reports", 405),
        ("GET", "/api/v1/tracking", 405),
    ],
)
async def test_a_wrong_address_is_a_problem_too(client, method, path, status):
    assert_problem(await client.request(method, path), status)


@pytest.mark.parametrize(
    "words", ["المصباح في الشارع لا يعمل", "می‌خواهم", "Die Lampe 💡 ist\naus", "abc"]
)
async def test_words_of_every_alphabet_are_taken(client, words):
    answer = await client.post("/api/v1/reports", json={"description": words})

    assert answer.status_code == 201, answer.text
