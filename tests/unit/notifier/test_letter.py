"""Mails say what happened, in plain words, and nothing that was reported."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from zoneinfo import ZoneInfo

import pytest

from services.notifier.channels.channel import Telling
from services.notifier.letter import Letters, Office
from services.notifier.rules import Notice
from shared.contracts.content import ContactContent
from shared.contracts.vocabulary import Status
from shared.identity import report_id_of, shown
from tests.builders import NOON

CODE = "K7QM0000000000000000000X"
OFFICE = Office(
    sender="Stadt Essen, Mängelmelder",
    timezone=ZoneInfo("Europe/Berlin"),
    departments={"roads": {"de": "Amt für Straßen", "en": "Roads Office"}},
)


@pytest.fixture
def letters():
    return Letters(
        office=OFFICE,
        mail_from="no-reply@essen.example",
        public_url="https://melden.essen.example",
    )


def a_telling(language="de", email="ada@example.org", words=None, **given):
    report_id = report_id_of(CODE)
    notice = Notice(
        **{"version": 2, "status": Status.ASSIGNED, "at": NOON, **given},
    )
    contact = ContactContent(
        report_id=report_id, email=email, language=language, tracking_code=CODE
    )
    return Telling(report_id=report_id, notice=notice, contact=contact, words=words)


def written(letters, telling):
    """The mail as its reader's program has it."""
    return message_from_bytes(letters.write(telling).content, policy=default)


def bodies(mail):
    return [mail.get_body((kind,)).get_content() for kind in ("plain", "html")]


def test_the_same_notice_gives_the_same_bytes(letters):
    first, second = (letters.write(a_telling()).content for _ in range(2))

    assert first == second


def test_versions_have_message_ids_of_their_own_in_one_thread(letters):
    first = written(letters, a_telling(version=1, status=Status.RECEIVED))
    second = written(letters, a_telling(version=2))

    assert first["Message-ID"] != second["Message-ID"]
    assert second["References"] == first["Message-ID"]
    assert first["Message-ID"].endswith("@essen.example>")


def test_text_and_html_say_who_until_when_and_where_to_look(letters):
    late = datetime(2026, 3, 5, 23, 30, tzinfo=UTC)
    mail = written(letters, a_telling(department="roads", expected_at=late))

    for body in bodies(mail):
        assert "Zuständig: Amt für Straßen" in body
        assert "Voraussichtlich bis: Freitag, 6. März 2026" in body
        assert f"https://melden.essen.example/track#{shown(CODE)}" in body
        assert "zurückziehen" in body


@pytest.mark.parametrize("status", [Status.DONE, Status.REJECTED, Status.DUPLICATE])
def test_a_finished_report_has_no_promise(letters, status):
    mail = written(letters, a_telling(status=status, expected_at=NOON + timedelta(1)))

    assert "Voraussichtlich" not in mail.as_string()


@pytest.mark.parametrize(
    ("status", "way_out"),
    [(Status.IN_PROGRESS, "zurückziehen"), (Status.DONE, "keine Mails mehr")],
)
def test_who_did_not_report_is_told_what_to_do(letters, status, way_out):
    for body in bodies(written(letters, a_telling(status=status))):
        assert "Das waren nicht Sie?" in body
        assert way_out in body


def test_english_readers_get_english(letters):
    mail = written(letters, a_telling("en", department="roads"))

    assert mail["Subject"] == "Your report: news"
    for body in bodies(mail):
        assert "Responsible: Roads Office" in body
        assert "Guten Tag" not in body


@pytest.mark.parametrize("language", ["tr", "ar", "uk"])
def test_other_readers_get_german_and_english(letters, language):
    for body in bodies(written(letters, a_telling(language))):
        assert body.index("Guten Tag") < body.index("Hello")


def test_every_status_has_words_in_both_languages(letters):
    told = set(Status) - {Status.RETURNED}
    for language in ("de", "en"):
        texts = {
            bodies(written(letters, a_telling(language, status=s)))[0] for s in told
        }
        assert len(texts) == len(told)


def test_the_clerks_words_are_shown_as_written_and_run_nowhere(letters):
    words = 'Wo genau?\n<script>alert(1)</script> & "so"'
    text, html = bodies(written(letters, a_telling(words=words)))

    assert words in text
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#34;so&#34;" in html


def test_an_unknown_department_is_named_by_its_id(letters):
    assert "harbour" in written(letters, a_telling(department="harbour")).as_string()


@pytest.mark.parametrize(
    "email", ["ada@example.org\r\nBcc: eve@example.org", "no address", "a@b@c", ""]
)
def test_an_address_cannot_bring_headers_of_its_own(letters, email):
    with pytest.raises(ValueError, match=r"address"):
        written(letters, a_telling(email=email))


def test_an_address_with_foreign_letters_is_kept(letters):
    mail = letters.write(a_telling(email="jürgen@müller.example"))

    assert mail.recipient == "jürgen@xn--mller-kva.example"
    assert f"To: {mail.recipient}\n".encode() in mail.content
