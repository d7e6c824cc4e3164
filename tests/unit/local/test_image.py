"""The image: pinned, hash-locked, not root, without secrets."""

import re

import pytest

from deploy.local.places import ROOT

TEXT = (ROOT / "deploy" / "Dockerfile").read_text()
LINES = [
    line.strip()
    for line in TEXT.replace("\\\n", " ").splitlines()
    if line.strip() and not line.startswith("#")
]
ALLOWED = (ROOT / ".dockerignore").read_text().splitlines()


def instructions(name: str) -> list[str]:
    return [line for line in LINES if line.split()[0] == name]


def copied() -> list[str]:
    """What comes out of the checkout, not from another stage."""
    lines = [line.split()[1:] for line in instructions("COPY")]
    own = [words for words in lines if not words[0].startswith("--from")]
    return [source for words in own for source in words[:-1]]


def test_every_base_has_a_version():
    for line in instructions("FROM"):
        assert re.search(r"^FROM \S+:\d+\.\d+\S*( AS \w+)?$", line)
        assert "latest" not in line


def test_it_does_not_run_as_root():
    assert instructions("USER")[-1] == "USER 10001:10001"
    assert LINES.index("USER 10001:10001") > LINES.index(instructions("RUN")[-1])


def test_nothing_is_added_or_fetched_by_the_way():
    assert not instructions("ADD")
    assert not re.search(r"curl|wget|apt-get|sudo|chmod 777", TEXT)


def test_packages_are_locked_with_checksums():
    installs = [line for line in instructions("RUN") if "pip install" in line]

    assert installs
    assert all("--require-hashes" in line for line in installs)
    assert all("npm ci" in line for line in instructions("RUN") if "npm" in line)


def test_no_secret_is_in_the_image():
    named = " ".join([*instructions("ENV"), *instructions("ARG")])

    assert not re.search("SECRET|PASSWORD|TOKEN|KEY", named)
    assert "**/*.key" in ALLOWED


@pytest.mark.parametrize("source", copied())
def test_what_is_copied_exists_and_is_let_through(source):
    assert (ROOT / source).exists()
    assert ALLOWED[1] == "*"
    let_through = [line[1:] for line in ALLOWED if line.startswith("!")]
    assert any(source == path or source.startswith(f"{path}/") for path in let_through)
