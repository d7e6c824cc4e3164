"""What a citizen wrote lies nowhere in clear but in the desk's record (T32, T41)."""

import io
from pathlib import Path

import httpx
import pytest
from PIL import Image

from tests.fault.chain import chain_of, started
from tests.waiting import until

pytestmark = pytest.mark.timeout(240)

CANARIES = {
    "text": "Kanarienvogelgezwitscher",
    "name": "Waltraud-Zitronenfalter",
    "phone": "0201-9988776655",
    "street": "Pfefferminzgasse 77",
    "email": "kanarie.wellensittich@example.org",
    "attribute": "Laternenmastnummer-ZX81",
    "latitude": "51.4643217",
    "longitude": "6.9790123",
    "reply": "Antwortpapagei",
    "note": "Vermerkspecht",
    "public note": "Auskunftskakadu",
    "photo": "Fotokommentarkolibri",
}


def a_photo() -> bytes:
    """A JPEG that says too much."""
    image, out = Image.new("RGB", (64, 64), "red"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = CANARIES["photo"]
    image.save(out, "JPEG", exif=exif, comment=CANARIES["photo"].encode())
    return out.getvalue() + CANARIES["photo"].encode()


def a_body(description: str) -> dict[str, object]:
    """A report that tells everything."""
    words = (description, CANARIES["text"], CANARIES["name"], CANARIES["phone"])
    return {
        "description": " ".join(words),
        "lat": float(CANARIES["latitude"]),
        "long": float(CANARIES["longitude"]),
        "address": CANARIES["street"],
        "attributes": {"asset": CANARIES["attribute"]},
        "contact": {"email": CANARIES["email"]},
    }


async def whole_life(chain, description: str) -> str:
    """Report with everything, ask, answer; returns the tracking code."""
    body = a_body(description)
    report = httpx.Request("POST", "http://x", json=body).content
    files = [
        ("report", (None, report, "application/json")),
        ("photos", ("a.jpg", a_photo(), "image/jpeg")),
    ]
    async with httpx.AsyncClient(base_url=chain.citizens.intake, timeout=20) as client:
        answer = await client.post("/api/v1/reports", files=files)
        assert answer.status_code == 201, answer.text
        report_id, code = answer.json()["report_id"], answer.json()["tracking_code"]
        case = await until(lambda: case_of(chain, report_id), what="a case")
        owner, notes = case["department"], {"note": CANARIES["note"]}
        if case["lane"] == "confidential":
            await chain.clerks.move(owner, report_id, "in_progress", **notes)
        else:
            notes["public_note"] = CANARIES["public note"]
            await chain.clerks.move(owner, report_id, "question", **notes)
            await answered(client, code)
        # Bad requests and unknown codes must not be written down either.
        await client.post("/api/v1/reports", json={**body, "nonsense": True})
        await client.post("/api/v1/tracking", content=f'{{"tracking_code": "{code}"')
    return str(code)


async def answered(client, code):
    """Answer once the question is seen."""

    async def asked():
        answer = await client.post("/api/v1/tracking", json={"tracking_code": code})
        return answer.json()["status"] == "question"

    await until(asked, what="the question is seen")
    body = {"tracking_code": code, "kind": "answer", "text": CANARIES["reply"]}
    answer = await client.post("/api/v1/tracking/replies", json=body)
    assert answer.status_code == 202, answer.text


async def case_of(chain, report_id):
    """The case of a report, wherever it is."""
    cases = await chain.clerks.cases()
    return next((c for c in cases if c["report_id"] == report_id), None)


async def lives(home: Path) -> list[str]:
    """An ordinary and a confidential report's whole life, with kills; their codes."""
    stack = await started(home)
    try:
        chain = chain_of(stack)
        codes = [
            await whole_life(chain, "Wilder Müll, Sperrmüll am Container."),
            await whole_life(chain, "Das Kind nebenan wird geschlagen."),
        ]

        def mailed():
            chain.ledger.mailbox.look()
            return chain.ledger.mailbox.copies

        await until(mailed, what="a mail")
        for name in ("router", "desk", "notifier", "intake"):
            stack.kill(name)
            await stack.ready(name)
    finally:
        await stack.stop()
    return codes


async def test_no_canary_sings_outside_the_desk(tmp_path):
    needles = dict(CANARIES)
    for number, code in enumerate(await lives(tmp_path)):
        needles[f"code {number}"] = code
        needles[f"bare code {number}"] = code.replace("-", "")

    found = {
        (name, str(file.relative_to(tmp_path)))
        for file in places_to_look(tmp_path)
        for name, needle in needles.items()
        if needle.encode() in file.read_bytes()
    }

    assert found == set()
    record = (tmp_path / "data").glob("desk.db*")
    assert any(CANARIES["text"].encode() in file.read_bytes() for file in record), (
        "the search finds what is there"
    )


def places_to_look(home: Path):
    """Kafka's segments, Redis' files, photos, logs: all but the desk's record."""
    files = [file for file in (home / "data").rglob("*") if file.is_file()]
    files = [file for file in files if not file.name.startswith("desk.db")]
    assert any(file.suffix == ".log" for file in files), "Kafka's segments"
    assert any("appendonly" in str(file) for file in files), "Redis' file"
    assert any("photos" in str(file) for file in files), "photos"
    return [*files, *(home / "log").rglob("*.log")]
