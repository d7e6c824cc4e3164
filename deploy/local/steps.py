"""The steps of set-up: each does its work once and leaves a stamp."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from deploy.local.archive import archive_classes
from deploy.local.assets import vendor
from deploy.local.places import ASSETS, FETCHED, KAFKA_LIBS, PYTHON, ROOT, VENV
from deploy.local.tools import (
    JAVA_NEEDED,
    NO_MAVEN,
    NO_NODE,
    OLD_JAVA,
    MissingToolError,
    java_version,
    machine_java,
    wants_wheel_java,
    wheel_java,
)

LOCK = ROOT / "requirements.lock"
JAVA_LOCK = ROOT / "deploy" / "local" / "java.lock"
UV_LOCK = ROOT / "deploy" / "local" / "uv.lock"
KAFKA = ROOT / "deploy" / "kafka"
MODULES = ROOT / "node_modules"


@dataclass(frozen=True)
class Step:
    """Something that set-up brings, and how to know that it is already here."""

    name: str
    says: str
    stamp: Path
    inputs: tuple[Path, ...]
    work: Callable[[], None]

    def digest(self) -> str:
        """What the inputs are now: files, this machine's Python, this folder."""
        sums = hashlib.sha256(f"{sys.version}{ROOT}".encode())
        for path in self.inputs:
            sums.update(path.read_bytes())
        return sums.hexdigest()

    def is_done(self) -> bool:
        """Whether the last work was for the same inputs."""
        try:
            return self.stamp.read_text() == self.digest()
        except FileNotFoundError:
            return False

    def do(self) -> None:
        """Work, then leave the stamp."""
        self.work()
        self.stamp.parent.mkdir(parents=True, exist_ok=True)
        self.stamp.write_text(self.digest())


def run(*command: str | Path, **environment: str) -> None:
    """Run a tool quietly; what it said is shown when it fails."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        said = (done.stdout + done.stderr).strip()[-4000:]
        raise MissingToolError(f"{command[0]} failed:\n{said}")


def install_python() -> None:
    """A virtual environment with exactly what the locks name."""
    run(sys.executable, "-m", "venv", VENV)
    install = installer()
    run(*install, "--require-hashes", "--requirement", LOCK)
    run(*install, "--no-deps", "--no-build-isolation", "--editable", ROOT)
    if wants_wheel_java():
        run(*install, "--require-hashes", "--requirement", JAVA_LOCK)


def installer() -> list[str | Path]:
    """uv where it is found or can be had, because it is ten times as fast; else pip."""
    pip: list[str | Path] = [PYTHON, "-m", "pip", "install", "--quiet", "--no-input"]
    pip.append("--disable-pip-version-check")
    uv: str | Path | None = shutil.which("uv")
    if uv is None:
        uv = VENV / "bin" / "uv"
        run(*pip, "--require-hashes", "--requirement", UV_LOCK)
    # Compiled once now, not at each start of each process.
    asked = [uv, "pip", "install", "--quiet", "--python", PYTHON, "--compile-bytecode"]
    reachable = subprocess.run(
        [*asked, "--dry-run", "--require-hashes", "--requirement", UV_LOCK],
        capture_output=True,
        check=False,
    )
    return asked if reachable.returncode == 0 else pip


def install_kafka() -> None:
    """The broker's jars by Maven, each compared with the committed checksum."""
    maven = shutil.which("mvn")
    if maven is None:
        raise MissingToolError(NO_MAVEN)
    fresh = KAFKA_LIBS.with_name("libs.new")
    shutil.rmtree(fresh, ignore_errors=True)
    environment = {}
    if wants_wheel_java() and (java := wheel_java()):
        environment["JAVA_HOME"] = str(java.parents[1])
    goal = "dependency:copy-dependencies"
    run(
        *(maven, "--batch-mode", "--quiet", "--strict-checksums"),
        *("--file", KAFKA / "pom.xml", goal),
        *("-DincludeScope=runtime", f"-DoutputDirectory={fresh}"),
        **environment,
    )
    compare(fresh, KAFKA / "libs.sha256")
    shutil.rmtree(KAFKA_LIBS, ignore_errors=True)
    fresh.rename(KAFKA_LIBS)
    archive_classes()


def compare(folder: Path, sums: Path) -> None:
    """Refuse a folder that is not exactly what the list of checksums says."""
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.glob("*.jar")
    }
    lines = (line.split() for line in sums.read_text().splitlines())
    wanted = {name: digest for digest, name in lines}
    wrong = {name for name, _ in found.items() ^ wanted.items()}
    if wrong:
        raise MissingToolError(
            f"Kafka's jars are not those of {sums.name}: {', '.join(sorted(wrong))}."
        )


def install_assets() -> None:
    """Styles, fonts and scripts of the pages, copied beside them."""
    npm = shutil.which("npm")
    if npm is None:
        raise MissingToolError(NO_NODE)
    run(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent")
    vendor(MODULES, ASSETS)


def check_java() -> None:
    """A Java that is too old is said before anything is fetched."""
    own = machine_java()
    if own and java_version(own) < JAVA_NEEDED and wheel_java() is None:
        raise MissingToolError(OLD_JAVA.format(f"Java {java_version(own)}"))


def steps(*, broker: bool = True) -> Iterable[Step]:
    """All steps; without *broker* Kafka comes from elsewhere."""
    pages = ("package.json", "package-lock.json", "deploy/local/assets.py")
    packages = tuple(ROOT / name for name in pages)
    project = (LOCK, UV_LOCK, JAVA_LOCK)
    stamp = VENV / ".stamp"
    yield Step("python", "Python packages", stamp, project, install_python)
    stamp = ASSETS / ".stamp"
    yield Step("pages", "the pages' assets", stamp, packages, install_assets)
    if broker:
        stamp = FETCHED / "kafka" / ".stamp"
        broker_files = (KAFKA / "pom.xml", KAFKA / "libs.sha256")
        yield Step("kafka", "Apache Kafka", stamp, broker_files, install_kafka)
