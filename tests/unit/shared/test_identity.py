"""Tracking codes and report ids."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.identity import (
    CROCKFORD,
    NotACode,
    derived_tracking_code,
    new_tracking_code,
    read_tracking_code,
    report_id_of,
    shown,
)

SECRET = b"s" * 32


def test_a_code_is_24_characters_that_nobody_confuses():
    code = new_tracking_code()

    assert len(code) == 24
    assert set(code) <= set(CROCKFORD)


@given(st.text(alphabet=CROCKFORD, min_size=24, max_size=24))
def test_a_shown_code_is_read_as_the_same_code(code):
    assert read_tracking_code(shown(code)) == code
    assert read_tracking_code(f"  {shown(code).lower()} ") == code


def test_letters_that_look_like_digits_are_read_as_digits():
    assert read_tracking_code("iLoO" + "0" * 20) == "1100" + "0" * 20


@pytest.mark.parametrize("text", ["", "K7QM", "0" * 23, "0" * 25, "!" * 24, "ß" * 24])
def test_what_is_no_code_is_refused(text):
    with pytest.raises(NotACode):
        read_tracking_code(text)


def test_the_same_key_and_body_give_the_same_code():
    first = derived_tracking_code(SECRET, client="web", key="k", fingerprint=b"body")
    again = derived_tracking_code(SECRET, client="web", key="k", fingerprint=b"body")

    assert first == again


@pytest.mark.parametrize(
    "other",
    [
        {"client": "app", "key": "k", "fingerprint": b"body"},
        {"client": "web", "key": "l", "fingerprint": b"body"},
        {"client": "web", "key": "k", "fingerprint": b"another"},
        {"client": "we", "key": "bk", "fingerprint": b"body"},
    ],
)
def test_another_client_key_or_body_gives_another_code(other):
    first = derived_tracking_code(SECRET, client="web", key="k", fingerprint=b"body")

    assert derived_tracking_code(SECRET, **other) != first


def test_a_report_id_is_the_same_each_time_and_a_uuid_of_version_8():
    code = new_tracking_code()

    assert report_id_of(code) == report_id_of(code)
    assert report_id_of(code).version == 8
    assert report_id_of(code) != report_id_of(new_tracking_code())
