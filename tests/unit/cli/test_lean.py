"""The operator's command in the services' image, which has nothing that learns."""

import subprocess
import sys

from tests.unit.city.essen import ROOT

WITHOUT = """
import sys
sys.modules["sklearn"] = sys.modules["scipy"] = None
from services.cli.__main__ import main
main()
"""


def ran(*arguments):
    return subprocess.run(
        [sys.executable, "-c", WITHOUT, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_every_other_command_starts_without_it():
    done = ran("routes", "explain", "Die Laterne ist aus", "--json")

    assert done.returncode == 0, done.stderr
    assert "street-light" in done.stdout


def test_what_learning_needs_is_named(tmp_path):
    done = ran("model", "train", "--out", str(tmp_path))

    assert done.returncode == 1
    assert "meldekette[learn]" in done.stderr
    assert "Traceback" not in done.stderr
