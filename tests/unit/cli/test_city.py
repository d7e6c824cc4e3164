"""``meldekette city``: lists in, map files out, mistakes named."""

import shutil

import pytest
from typer.testing import CliRunner

from services.cli.__main__ import app
from shared.city.checking.check import check
from tests.unit.city.essen import PACK
from tests.unit.city.test_importing import HOUSES

WHOSE = "Katasteramt, DL-DE/BY-2.0"


@pytest.fixture
def town(tmp_path):
    return shutil.copytree(PACK.parent / "musterstadt", tmp_path / "town")


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_lists_become_the_packs_files(town, tmp_path):
    houses = tmp_path / "houses.csv"
    houses.write_text(HOUSES, "utf-8")
    source = ("--streets", houses, "--addresses", houses, "--attribution", WHOSE)

    outcome = run("city", "import", "--pack", town, *source)

    assert outcome.exit_code == 0, outcome.output
    assert WHOSE in (town / "streets.csv").read_text("utf-8")
    assert (town / "addresses.csv.gz").exists()


def test_outlines_become_the_packs_quarters(town):
    source = town / "quarters.geojson"
    columns = ("--column", "quarter=quarter", "--column", "district=district")

    outcome = run(
        *("city", "import", "--pack", town, "--quarters", source, *columns),
        *("--attribution", WHOSE),
    )

    assert outcome.exit_code == 0, outcome.output
    assert WHOSE in source.read_text("utf-8")
    assert check(town) == []


def test_a_list_with_other_columns_is_refused_by_their_names(town, tmp_path):
    (tmp_path / "list.csv").write_text("a,b\n1,2\n")
    source = ("--addresses", tmp_path / "list.csv", "--attribution", WHOSE)

    outcome = run("city", "import", "--pack", town, *source)

    assert outcome.exit_code == 1
    assert "no column hsnr" in outcome.output


def test_a_whole_pack_passes(town):
    outcome = run("city", "check", town)

    assert outcome.exit_code == 0
    assert "nothing is wrong" in outcome.output


def test_a_broken_pack_fails_and_names_the_place(town):
    services = town / "services.yaml"
    services.write_text(services.read_text("utf-8").replace("days: 10", "days: ten"))

    outcome = run("city", "check", town)

    assert outcome.exit_code == 1
    assert f"{town}/services.yaml:20: road-damage.promised_days" in outcome.output
