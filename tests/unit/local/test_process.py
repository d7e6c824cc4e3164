import os
import signal
import subprocess
import sys
from select import select

from deploy.local.process import born, last_lines, leash, rotate


def test_a_log_that_has_grown_is_kept_once_and_begun_anew(tmp_path):
    log = tmp_path / "router.log"
    log.write_text("old\n" * 100)

    rotate(log, limit=100)

    assert log.read_text() == ""
    assert (tmp_path / "router.log.1").read_text().count("old") == 100


def test_a_small_log_is_left_alone(tmp_path):
    log = tmp_path / "router.log"
    log.write_text("new\n")

    rotate(log, limit=100)

    assert log.read_text() == "new\n"


def test_the_end_of_a_log_is_shown(tmp_path):
    log = tmp_path / "router.log"
    log.write_text("\n".join(str(number) for number in range(5000)))

    assert last_lines(log, 2) == "4998\n4999"
    assert last_lines(tmp_path / "none.log") == ""


def test_a_dead_process_was_never_born():
    assert born(os.getpid())
    assert born(2**22 + 1) == ""


def test_a_child_on_the_leash_ends_with_its_parent():
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, *leash()], stdout=subprocess.PIPE, text=True
    )
    with parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        watched = os.pidfd_open(child)

        os.kill(parent.pid, signal.SIGKILL)

        ready, _, _ = select([watched], [], [], 5)
        os.close(watched)
    assert ready
    assert born(child) == ""


PARENT = """
import signal, subprocess, sys
# The child tells its number itself: then it is surely on the leash.
subprocess.Popen([*sys.argv[1:], "sh", "-c", "echo $$; exec sleep 60"])
signal.pause()
"""
