"""``meldekette routes diff``: which reports a change would send elsewhere."""

import csv
import json
import shutil

import pytest

from tests.unit.city.essen import MODEL
from tests.unit.cli.test_routes import TOWN, routes


@pytest.fixture
def town(tmp_path):
    return shutil.copytree(TOWN, tmp_path / "town")


@pytest.fixture
def history(tmp_path):
    file = tmp_path / "history.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "text", "lat", "lon", "reported_at"])
        writer.writerow([1, "Die Laterne ist aus", "", "", "01.03.2026 - 12:00:00"])
        writer.writerow([2, "Schlagloch in der Straße", "50.71", "9.125", "2026-03-01"])
        writer.writerow([3, "Laterne kaputt", "", "", ""])
    return file


def test_what_a_changed_pack_sends_elsewhere_is_counted(town, history):
    services = town / "services.yaml"
    text = services.read_text("utf-8")
    services.write_text(
        text.replace("department: works", "department: public-order", 1)
    )
    packs = ("--pack", town, "--pack-old", TOWN, "--model", MODEL)

    outcome = routes("diff", *packs, "--reports", history, "--json")

    assert outcome.exit_code == 0, outcome.output
    assert json.loads(outcome.stdout) == {
        "reports": 3,
        "share": 0.6667,
        "moved": [
            {
                "old": "works",
                "new": "public-order",
                "count": 2,
                "examples": ["Die Laterne ist aus", "Laterne kaputt"],
            }
        ],
    }
    shown = routes("diff", *packs, "--reports", history).stdout
    assert "66.67% of 3 reports would go elsewhere" in shown
    assert "Laterne kaputt" in shown


def test_the_same_pack_sends_nothing_elsewhere(history):
    packs = ("--pack", TOWN, "--pack-old", TOWN, "--model-new", MODEL)

    outcome = routes("diff", *packs, "--model", MODEL, "--reports", history)

    assert "0.00% of 3 reports would go elsewhere" in outcome.stdout


def test_a_comparison_with_nothing_is_refused(history):
    outcome = routes("diff", "--reports", history, "--pack-old", TOWN)

    assert outcome.exit_code == 2
    assert "name what has changed" in outcome.stderr


def test_a_history_without_texts_is_refused(tmp_path):
    (tmp_path / "list.csv").write_text("a,b\n1,2\n")
    source = ("--pack", TOWN, "--pack-old", TOWN, "--reports", tmp_path / "list.csv")

    outcome = routes("diff", *source, "--model", MODEL)

    assert outcome.exit_code == 1
    assert "no column text" in outcome.stderr
