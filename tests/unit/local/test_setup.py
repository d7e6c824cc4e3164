import hashlib
import re

import pytest

from deploy.local.places import ROOT
from deploy.local.steps import Step, compare, steps
from deploy.local.tools import MissingToolError, first_number

LOCKS = ("requirements.lock", "deploy/services.lock", "deploy/local/java.lock")


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


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_of_a_lock_has_a_checksum_and_no_registry(name):
    text = (ROOT / name).read_text().replace("\\\n", "")

    lines = [line for line in text.splitlines() if line.strip()]

    assert all(re.match(r"[\w.-]+==\S+ .*--hash=sha256:", line) for line in lines)
    assert "://" not in text


def test_no_registry_is_named_in_the_list_of_pages_assets():
    assert "resolved" not in (ROOT / "package-lock.json").read_text()
