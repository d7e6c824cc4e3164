"""``meldekette geocode``: a line in, a line out."""

import json

import pytest
from typer.testing import CliRunner

from services.cli.__main__ import app
from tests.unit.city.essen import PACK

TOWN = PACK.parent / "musterstadt"


def geocode(*lines):
    return CliRunner().invoke(
        app, ["geocode", "--city", str(TOWN)], input="\n".join(lines)
    )


def test_each_line_is_answered_with_its_id():
    outcome = geocode(
        '{"id": 1, "address": "bahnhofstr 45"}',
        "",
        '{"id": "b", "address": "Königsallee 1"}',
    )

    found, nothing = map(json.loads, outcome.stdout.splitlines())
    assert outcome.exit_code == 0
    assert found == {
        "id": 1,
        "lat": 50.71,
        "long": 9.125,
        "quarter": "Neustadt",
        "confidence": 0.5,
    }
    assert nothing == {
        "id": "b",
        "lat": None,
        "long": None,
        "quarter": None,
        "confidence": None,
    }


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "line 2 is no JSON"),
        ('{"id": 2}', "line 2 has no id and address"),
        ("[]", "line 2 has no id and address"),
        ('{"id": 2, "address": 7}', "line 2: the address is no text"),
    ],
)
def test_a_broken_line_is_named(line, says):
    outcome = geocode('{"id": 1, "address": "Markt"}', line)

    assert outcome.exit_code == 1
    assert says in outcome.stderr
