"""Photos are stored before the report is sent: drawn anew, encrypted, whole."""

import json
from io import BytesIO
from uuid import uuid4

from PIL import Image

from shared.contracts.content import ReportContent
from shared.contracts.reports import REPORTS
from shared.photos import PhotoStore

REPORT = {"description": "Wilder Müll an der Ecke."}
HIDDEN = b"a canary in the metadata"


def a_photo(kind="JPEG", size=(640, 480)):
    """With a place, a comment and a foreign file behind its end."""
    exif = Image.Exif()
    exif[0x010E] = HIDDEN.decode()
    exif.get_ifd(0x8825)[2] = (51.0, 27.0, 30.0)
    written = BytesIO()
    options = {"comment": HIDDEN} if kind == "JPEG" else {}
    Image.new("RGB", size, "green").save(written, kind, exif=exif, **options)
    return written.getvalue() + HIDDEN


async def sent(client, *photos, **headers):
    files = [("photos", (f"../../{n}.jpg", photo)) for n, photo in enumerate(photos)]
    answer = await client.post(
        "/api/v1/reports",
        data={"report": json.dumps(REPORT)},
        files=files,
        headers=headers,
    )
    assert answer.status_code == 201, answer.text
    return answer.json()["report_id"]


async def content_of(intake, report_id):
    event = await intake.event(REPORTS, report_id)
    return intake.opener.open("router", event.content, event.report_id, ReportContent)


async def test_photos_can_be_opened_with_the_key_in_the_content_alone(intake, client):
    report_id = await sent(client, a_photo(), a_photo("PNG"), a_photo("WEBP"))

    content = await content_of(intake, report_id)
    store = PhotoStore(f"file://{intake.directory}/photos")
    assert len(content.photos) == 3
    for photo in content.photos:
        jpeg = await store.get(content.report_id, photo)
        with Image.open(BytesIO(jpeg)) as picture:
            assert (picture.format, picture.size) == ("JPEG", (640, 480))
            assert not picture.getexif()
        assert HIDDEN not in jpeg


async def test_nothing_of_what_came_lies_in_the_store(intake, client):
    report_id = await sent(client, a_photo())

    stored = [
        file
        for file in (intake.directory / "photos").rglob("*")
        if file.is_file() and report_id in str(file)
    ]
    assert len(stored) == 1
    assert b"\xff\xd8\xff" not in stored[0].read_bytes()
    assert HIDDEN not in stored[0].read_bytes()


async def test_a_large_photo_becomes_smaller(intake, client):
    report_id = await sent(client, a_photo(size=(4000, 3000)))

    content = await content_of(intake, report_id)
    store = PhotoStore(f"file://{intake.directory}/photos")
    jpeg = await store.get(content.report_id, content.photos[0])
    with Image.open(BytesIO(jpeg)) as picture:
        assert picture.size == (2048, 1536)


async def test_a_repetition_stores_the_same_photos(intake, client):
    key = {"Idempotency-Key": str(uuid4())}
    photo = a_photo()

    assert await sent(client, photo, **key) == await sent(client, photo, **key)
