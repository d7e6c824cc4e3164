"""``meldekette routes``: explained and tried."""

import json
import shutil

import pytest
from typer.testing import CliRunner

from services.cli.__main__ import app
from tests.unit.city.essen import MODEL, PACK

TOWN = PACK.parent / "musterstadt"
GRUGAPARK = "51.429,6.988"


def routes(*arguments):
    command = ["routes", *map(str, arguments)]
    return CliRunner().invoke(app, command, env={"COLUMNS": "200"})


def explain(text, *arguments, pack=PACK):
    return routes("explain", text, *arguments, "--city", pack, "--model", MODEL)


def explained(*arguments, **given):
    outcome = explain(*arguments, "--json", **given)
    assert outcome.exit_code == 0, outcome.output
    return json.loads(outcome.stdout)


@pytest.fixture
def town(tmp_path):
    return shutil.copytree(TOWN, tmp_path / "town")


def test_a_decision_is_explained_with_all_its_reasons():
    outcome = explain("Sperrmüll, alte Matratzen", "--at", GRUGAPARK)

    assert outcome.exit_code == 0, outcome.output
    for said in (
        *("normal", "illegal-dumping", "green (Grün und Gruga)", "route.park-rubbish"),
        *("matratze", "runner-ups", "Rüttenscheid, district 2", "park", "danger"),
        *("promised until", "%", "rules essen"),
    ):
        assert said in outcome.stdout


def test_a_program_gets_the_same_as_json():
    found = explained("Sperrmüll", "--at", GRUGAPARK, "--time", "2026-03-02T10:00")

    assert found["department"] == "green"
    assert found["rule"] == "route.park-rubbish"
    assert (found["quarter"], found["areas"]) == ("Rüttenscheid", ["park"])
    assert found["received_at"] == "2026-03-02T10:00:00+01:00"
    assert found["words"]
    assert 0 <= found["danger"] < 0.5
    assert len(found["alternatives"]) == 3
    assert found["model_version"]


def test_an_address_says_where():
    found = explained("Laterne aus", "--address", "Bahnhofstr. 45", pack=TOWN)

    assert (found["quarter"], found["point"]) == ("Neustadt", [50.71, 9.125])


def test_an_address_that_nobody_knows_is_said_so():
    outcome = explain("Laterne aus", "--address", "Königsallee 1", pack=TOWN)

    assert outcome.exit_code == 0
    assert "not found" in outcome.stdout


def test_a_place_outside_the_city_is_said_so():
    assert "outside the city" in explain("Laterne aus", "--at", "52.5,13.4").stdout


def test_danger_is_told_first():
    outcome = explain("Es brennt! Flammen aus dem Fenster!")

    assert outcome.stdout.splitlines()[0].split() == ["lane", "danger"]
    assert "acted on" in outcome.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--service", "nope"), "no service of this city"),
        (("--at", "51.4"), "no LAT,LONG"),
        (("--at", "91,7"), "no point of the earth"),
        (("--time", "noon"), "no time like"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused(arguments, says):
    outcome = explain("Müll", *arguments)

    assert outcome.exit_code == 2
    assert says in outcome.stderr


def test_cases_that_are_right_pass():
    outcome = routes("test", "--city", TOWN, "--model", MODEL, "--least", "1")

    assert outcome.exit_code == 0, outcome.output
    assert "5 cases, 100.0% right" in outcome.stdout
    assert "confidential" in outcome.stdout


def test_a_miss_is_named_with_what_was_expected_and_decided(town):
    file = town / "cases.jsonl"
    file.write_text(file.read_text("utf-8").replace('"works"', '"moderation"', 1))

    outcome = routes("test", "--city", town, "--model", MODEL)

    assert outcome.exit_code == 1
    assert "cases.jsonl:1 Die Laterne in der Bahnhofstraße ist aus" in outcome.stdout
    assert "department: expected moderation, decided works" in outcome.stdout
    assert routes("test", "--city", town, "--least", "0.8").exit_code == 0


def test_a_case_may_say_when_it_came(tmp_path):
    pack = shutil.copytree(PACK, tmp_path / "essen")
    case = {"text": "Laute Musik aus der Wohnung", "expect": {"lane": "normal"}}
    line = json.dumps({**case, "time": "2026-03-02T23:30"})
    (pack / "cases.jsonl").write_text(f"{line}\n\n")

    outcome = routes("test", "--city", pack, "--model", MODEL)

    assert "1 cases, 100.0% right" in outcome.stdout


@pytest.mark.parametrize(
    ("text", "says"), [(None, "No such file"), ("{}\n", "cases.jsonl:1: ")]
)
def test_cases_that_cannot_be_tried_are_named(town, text, says):
    file = town / "cases.jsonl"
    file.unlink()
    if text is not None:
        file.write_text(text)

    outcome = routes("test", "--city", town, "--model", MODEL)

    assert outcome.exit_code == 1
    assert says in outcome.stderr
