"""The import rules hold, and are seen to fail on a violation."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = Path(sys.executable).with_name("lint-imports")

VIOLATIONS = {
    "Services use shared, never the other way round": (
        "shared/contracts/vocabulary.py",
        "import services.router.rules",
    ),
    "Services meet only on Kafka": (
        "services/intake/rules.py",
        "import services.desk.rules",
    ),
    "No service knows the operator's command": (
        "services/desk/rules.py",
        "import services.cli.keys",
    ),
    "Rules and contracts are pure": ("services/router/rules.py", "import time"),
    "Only shared.kafka speaks Kafka": ("services/desk/model.py", "import aiokafka"),
}


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT, "--no-cache"],
        cwd=root,
        env={"PYTHONPATH": str(root), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def copy(tmp_path):
    """The code, to be broken."""
    for package in ("services", "shared"):
        leave = shutil.ignore_patterns("__pycache__", "assets", "web")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=leave)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_import_rules_hold():
    outcome = lint(ROOT)

    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize("rule", VIOLATIONS)
def test_a_violation_is_found(copy, rule):
    name, line = VIOLATIONS[rule]
    module = copy / name
    module.write_text(f"{module.read_text()}\n{line}\n")

    outcome = lint(copy)

    assert outcome.returncode == 1
    assert f"{rule} BROKEN" in outcome.stdout
