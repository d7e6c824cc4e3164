"""Kafka's classes, archived once: each later start needs half the processor time."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from deploy.local.kafka import CLASS_ARCHIVE, Kafka
from deploy.local.places import places
from deploy.local.ports import choose

STARTED = "Kafka Server started"
SECONDS = 60


def archive_classes() -> None:
    """Run a broker that has nothing to do; at its end Java writes the archive."""
    CLASS_ARCHIVE.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="meldekette-") as folder:
        home = places(Path(folder))
        ports = choose(("kafka", "controller"), home.home / "ports.json")
        kafka = Kafka(home, broker=ports["kafka"], controller=ports["controller"])
        kafka.prepare()
        fresh = home.home / "classes.jsa"
        start_and_stop(kafka.command(f"-XX:ArchiveClassesAtExit={fresh}"))
        if fresh.exists():
            shutil.move(fresh, CLASS_ARCHIVE)


def start_and_stop(command: list[str]) -> None:
    """A broker from its start to its end; without an archive it is only slower."""
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as broker:
        for line in broker.stdout or ():
            if STARTED in line:
                broker.terminate()
        try:
            broker.wait(SECONDS)
        except subprocess.TimeoutExpired:
            broker.kill()
