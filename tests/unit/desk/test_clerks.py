"""Who may work as which department."""

import hashlib
import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from services.desk.clerks import Clerks, load_clerks


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def test_a_token_opens_its_own_department_only() -> None:
    clerks = Clerks({"roads": digest("r"), "green": digest("g")})

    found = [clerks.department_of(token) for token in ("r", "g", "", "x", "\udcff")]

    assert found == ["roads", "green", None, None, None]


def test_a_new_token_ends_the_sessions_of_the_old_one() -> None:
    old, new = Clerks({"roads": digest("a")}), Clerks({"roads": digest("b")})

    assert old.session_mark("roads") != new.session_mark("roads")
    assert old.session_mark("green") is None


@pytest.mark.parametrize("wrong", [{"roads": "short"}, {"No!": "a" * 64}, []])
def test_a_file_with_anything_but_digests_is_refused(
    tmp_path: Path, wrong: object
) -> None:
    file = tmp_path / "tokens.json"
    file.write_text(json.dumps(wrong))

    with pytest.raises(ValidationError):
        load_clerks(file)
