import json
import os
import subprocess

import pytest

from deploy.local.credentials import credentials, keys_are_due
from deploy.local.places import Places
from deploy.local.process import born
from deploy.local.record import AlreadyRunningError, Lock, Pids, supervisor


def test_only_one_supervisor_works_in_a_folder(tmp_path):
    first, second = Lock(tmp_path / "lock"), Lock(tmp_path / "lock")
    first.take()

    with pytest.raises(AlreadyRunningError, match="make down"):
        second.take()

    first.release()
    second.take()
    second.release()


def test_a_lock_tells_who_holds_it_as_long_as_it_is_held(tmp_path):
    lock = Lock(tmp_path / "lock")
    assert supervisor(tmp_path / "lock") is None
    lock.take()

    held_by = supervisor(tmp_path / "lock")

    lock.release()
    assert held_by is not None
    assert supervisor(tmp_path / "lock") is None


def test_what_a_killed_supervisor_left_over_is_ended(tmp_path):
    with subprocess.Popen(["sleep", "60"], start_new_session=True) as orphan:
        Pids(Places(tmp_path)).note("router", orphan.pid)

        assert Pids(Places(tmp_path)).end_orphans() == ["router"]

        assert orphan.wait(5) == -9


def test_a_process_that_only_has_the_number_is_left_alone(tmp_path):
    with subprocess.Popen(["sleep", "60"], start_new_session=True) as other:
        (tmp_path / "pids.json").write_text(json.dumps({"router": [other.pid, "1"]}))

        assert Pids(Places(tmp_path)).end_orphans() == []

        assert born(other.pid)
        other.kill()


def test_secrets_are_made_once_and_for_our_eyes_only(tmp_path):
    home = Places(tmp_path)
    (home.keys / "desk").mkdir(parents=True)
    (home.keys / "desk" / "department-green.key").touch()

    first = credentials(home)

    assert credentials(home) == first
    assert list(first.desk_tokens) == ["green"]
    assert len(first.intake_secret) >= 32
    for name in ("credentials.json", "desk-tokens.json"):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0
    assert first.desk_tokens["green"] not in (tmp_path / "desk-tokens.json").read_text()


def test_keys_are_looked_at_again_when_the_city_has_changed(tmp_path):
    home, pack = Places(tmp_path), tmp_path / "pack"
    pack.mkdir()
    (pack / "departments.yaml").touch()
    assert keys_are_due(home, pack)

    (home.keys / "public").mkdir(parents=True)
    assert not keys_are_due(home, pack)

    later = (home.keys / "public").stat().st_mtime + 1
    os.utime(pack / "departments.yaml", (later, later))
    assert keys_are_due(home, pack)
