"""Reading a version from If-Match."""

import pytest

from services.desk.endpoints import seen_version


@pytest.mark.parametrize(
    ("if_match", "version"),
    [
        (None, None),
        ('"3"', 3),
        ("3", 3),
        (' "12" ', 12),
        ("*", 0),
        ('W/"3"', 0),
        ('"3", "4"', 0),
        ("", 0),
        ('"99999999999999999999"', 0),
    ],
)
def test_what_is_no_version_of_ours_matches_none(
    if_match: str | None, version: int | None
) -> None:
    assert seen_version(if_match) == version
