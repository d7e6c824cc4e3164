"""How intake reads bodies, forms, languages and photos."""

from io import BytesIO

import pytest
from PIL import Image

from services.intake.forms import in_words, report_of
from services.intake.memory import fingerprint
from services.intake.multipart import read_parts
from services.intake.photos import Unusable, drawn_anew
from services.intake.schemas import ReportIn
from services.intake.texts import best_language, load_texts
from shared.web.problems import FieldError, Refused, away, invalid

TEXTS = load_texts()
KIND = "multipart/form-data; boundary=wall"


async def parts_of(body, size=7):
    async def chunks():
        for at in range(0, len(body), size):
            yield body[at : at + size]

    return await read_parts(chunks(), KIND)


def a_part(name, value, filename=""):
    file = f'; filename="{filename}"' if filename else ""
    head = f'Content-Disposition: form-data; name="{name}"{file}'
    return f"--wall\r\n{head}\r\n\r\n{value}\r\n".encode()


async def test_parts_are_read_however_the_body_is_cut():
    body = a_part("report", "{}") + a_part("photos", "--wal", "a.png") + b"--wall--"

    report, photo = await parts_of(body)

    assert (report.name, bytes(report.data), report.is_file) == ("report", b"{}", False)
    assert (photo.name, bytes(photo.data), photo.is_file) == ("photos", b"--wal", True)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (a_part("report", "{}"), 400),
        (a_part("x", "") * 61 + b"--wall--", 413),
        (a_part("x", "a" * 300_000) + b"--wall--", 413),
    ],
)
async def test_broken_and_endless_bodies_are_refused(body, status):
    with pytest.raises(Refused) as refusal:
        await parts_of(body, 65_536)

    assert refusal.value.status == status


def test_what_is_empty_in_a_form_was_not_said():
    said = {"description": "Lampe aus", "address": " ", "email": "", "lat": ""}

    assert report_of(said) == {"description": "Lampe aus", "confidential": False}


def test_an_error_stands_at_its_field_in_the_readers_language():
    refusal = invalid(FieldError("contact.email", "x"), FieldError("photos.1", "x"))

    assert in_words(refusal, TEXTS["de"]) == {
        "email": TEXTS["de"]["errors"]["contact"],
        "photos": TEXTS["de"]["errors"]["photos"],
    }
    assert in_words(away("Kafka"), TEXTS["en"]) == {"": TEXTS["en"]["busy"]}


def test_both_languages_say_the_same_things():
    german, english = TEXTS["de"], TEXTS["en"]

    assert german.keys() == english.keys()
    assert german["errors"].keys() == english["errors"].keys()
    assert german["status"].keys() == english["status"].keys()


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "de"),
        ("en-GB,en;q=0.9,de;q=0.8", "en"),
        ("fr, de;q=0.4, en;q=0.3", "de"),
        ("tr", "de"),
        ("en;q=0", "de"),
        ("en;q=x, de", "de"),
    ],
)
def test_the_browser_chooses_the_language(accepted, language):
    assert best_language(accepted, TEXTS) == language


def test_the_fingerprint_is_of_what_is_said_not_how_it_is_written():
    one = ReportIn.model_validate({"description": "Lampe aus", "confidential": False})
    two = ReportIn.model_validate({"description": " Lampe aus "})

    assert fingerprint(one, []) == fingerprint(two, [])
    assert fingerprint(one, []) != fingerprint(one, [b"photo"])


def a_picture(size=(40, 20), kind="JPEG", mode="RGB", **options):
    written = BytesIO()
    Image.new(mode, size).save(written, kind, **options)
    return written.getvalue()


def test_a_photo_that_lies_on_its_side_is_set_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    with Image.open(BytesIO(drawn_anew(a_picture(exif=exif)))) as picture:
        assert picture.size == (20, 40)


@pytest.mark.parametrize("mode", ["P", "LA", "RGBA", "I;16", "1"])
def test_every_kind_of_colour_becomes_a_jpeg(mode):
    drawn = drawn_anew(a_picture(kind="PNG", mode=mode))

    with Image.open(BytesIO(drawn)) as picture:
        assert (picture.format, picture.mode) == ("JPEG", "RGB")


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        a_picture(kind="GIF"),
        a_picture((400, 400))[:500],
        a_picture((5100, 5000), "PNG", "1"),
    ],
    ids=["nothing", "SVG", "GIF", "half", "26 million points"],
)
def test_what_is_no_photo_is_refused(file):
    with pytest.raises(Unusable):
        drawn_anew(file)
