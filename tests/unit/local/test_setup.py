import hashlib
import subprocess
import sys

import pytest

from deploy.local.places import ROOT
from deploy.local.steps import Step, compare, steps
from deploy.local.tools import MissingToolError, first_number


def test_a_step_is_done_until_its_inputs_change(tmp_path):
    source, done = tmp_path / "pom.xml", []
    source.write_text("one")
    step = Step("it", "it", tmp_path / "stamp", (source,), lambda: done.append(1))
    assert not step.is_done()

    step.do()

    assert step.is_done()
    source.write_text("two")
    assert not step.is_done()


@pytest.mark.parametrize("change", ["altered", "missing", "extra"])
def test_jars_that_are_not_those_of_the_list_are_refused(tmp_path, change):
    jar, sums = tmp_path / "kafka.jar", tmp_path / "libs.sha256"
    jar.write_bytes(b"kafka")
    sums.write_text(f"{hashlib.sha256(b'kafka').hexdigest()}  kafka.jar\n")
    compare(tmp_path, sums)

    match change:
        case "altered":
            jar.write_bytes(b"something else")
        case "missing":
            jar.unlink()
        case "extra":
            (tmp_path / "other.jar").write_bytes(b"other")

    with pytest.raises(MissingToolError, match=r"\.jar"):
        compare(tmp_path, sums)


@pytest.mark.parametrize(
    ("words", "version"),
    [('openjdk version "17.0.15"', 17), ('java version "1.8.0_402"', 8), ("", 0)],
)
def test_a_javas_version_is_read(words, version):
    assert first_number(words, r'version "(?:1\.)?(\d+)') == version


def test_everything_that_set_up_reads_is_committed():
    for step in steps():
        assert all(path.exists() for path in step.inputs)


COMMANDS = (
    *("setup", "demo", "up", "down", "test", "test-full", "check"),
    *("bench", "doctor", "lock"),
)
JAVA_8 = "#!/bin/sh\necho 'java version \"1.8.0_402\"' >&2\n"


def without_tools(tmp_path, code, *, java=None):
    """Run *code* where this machine has no tools, but perhaps a Java."""
    if java is not None:
        (tmp_path / "java").write_text(java)
        (tmp_path / "java").chmod(0o755)
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    ).stderr


@pytest.mark.parametrize(
    ("step", "words"),
    [("install_kafka", "Please install Maven"), ("install_assets", "install Node.js")],
)
def test_a_missing_tool_is_said_in_one_sentence(tmp_path, step, words):
    said = without_tools(tmp_path, f"from deploy.local.steps import {step}; {step}()")

    assert words in said.splitlines()[-1]


def test_a_java_that_is_too_old_is_named(tmp_path):
    no_wheel = "from deploy.local import tools; tools.VENV = tools.VENV / 'none'; "
    code = f"{no_wheel}from deploy.local.steps import check_java; check_java()"

    said = without_tools(tmp_path, code, java=JAVA_8)

    assert "install Java 17 or newer" in said.splitlines()[-1]
    assert said.rstrip().endswith("found Java 8.")


def test_a_wheel_brings_java_only_where_there_is_none(tmp_path):
    code = "from deploy.local.tools import wants_wheel_java as w; raise SystemExit(w())"

    assert "Traceback" not in without_tools(tmp_path, code)
    assert "True" in without_tools(tmp_path, code.replace("w()", "str(w())"))
    assert "False" in without_tools(
        tmp_path, code.replace("w()", "str(w())"), java=JAVA_8
    )


def test_a_python_that_is_too_old_is_said_in_one_sentence(tmp_path):
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        (tmp_path / name).write_text("#!/bin/sh\nexit 1\n")
        (tmp_path / name).chmod(0o755)

    outcome = subprocess.run(
        ["make", "setup"],
        cwd=ROOT,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert outcome.returncode != 0
    assert outcome.stderr.startswith("Meldekette needs Python 3.11 or newer")


def test_the_makefile_explains_its_commands():
    outcome = subprocess.run(
        ["make"], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert all(f"make {name} " in outcome.stdout for name in COMMANDS)
