"""What can be known of the containers without an engine: they agree with the code."""

import importlib
import json
import os
import re
import shutil
import subprocess

import pytest
import yaml

from deploy.local.places import ROOT
from deploy.local.plan import SERVICES

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
PARTS = COMPOSE["services"]
OURS = ("folders", "keys", "prepare", *SERVICES)
GIVEN = {"INTAKE_SECRET": "a" * 64, "DESK_SECRET": "b" * 64}


def filled(value: str) -> str:
    """A value as compose would fill it in: `${NAME:-default}`, `${NAME:?words}`."""
    return re.sub(
        r"\$\{(\w+)(?::([-?])([^}]*))?\}",
        lambda found: GIVEN.get(found[1], found[3] if found[2] == "-" else ""),
        value,
    )


def environment(name: str) -> dict[str, str]:
    told = PARTS[name].get("environment", {})
    return {key: filled(str(value)) for key, value in told.items()}


def settings_class(service: str):
    return importlib.import_module(f"services.{service}.settings").Settings


@pytest.mark.parametrize("service", SERVICES)
def test_every_variable_of_a_service_is_one_of_its_settings(service):
    known = {field.upper() for field in settings_class(service).model_fields}

    assert set(environment(service)) <= known


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_starts_with_what_it_is_told(service, monkeypatch):
    for name in list(os.environ):
        monkeypatch.delenv(name)
    for name, value in environment(service).items():
        monkeypatch.setenv(name, value)

    settings = settings_class(service)()

    assert settings.http_host == "0.0.0.0"
    assert str(settings.private_keys_dir) == f"/keys/{service}"


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_sees_only_its_own_keys(service):
    volumes = [volume for volume in PARTS[service]["volumes"] if "keys" in str(volume)]

    assert {volume["target"] for volume in volumes} == {
        "/keys/public",
        f"/keys/{service}",
    }
    assert {volume["volume"]["subpath"] for volume in volumes} == {"public", service}
    assert all(volume["read_only"] for volume in volumes)


def test_only_the_desk_has_the_record():
    having = {name for name in SERVICES if "record:/record" in PARTS[name]["volumes"]}

    assert having == {"desk"}


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_run_as_a_module_that_exists(service):
    assert PARTS[service]["command"] == ["python", "-m", f"services.{service}"]
    assert (ROOT / "services" / service / "__main__.py").exists()


@pytest.mark.parametrize("service", SERVICES)
def test_whom_a_service_waits_for_is_there(service):
    assert set(PARTS[service]["depends_on"]) <= set(PARTS)
    told = environment(service)
    hosts = {
        re.split(r"[/:@]+", told[name].split("://")[-1])[0]
        for name in ("KAFKA_BOOTSTRAP_SERVERS", "REDIS_URL", "SMTP_URL")
        if name in told
    }
    assert hosts <= set(PARTS)
    assert hosts <= set(PARTS[service]["depends_on"])


def test_only_loopback_ports_are_published_and_they_are_the_services_own():
    published = [port for part in PARTS.values() for port in part.get("ports", [])]

    assert all(port.startswith("127.0.0.1:") for port in published)
    for service in SERVICES:
        for port in PARTS[service].get("ports", []):
            assert port.endswith(f":{environment(service)['HTTP_PORT']}")


@pytest.mark.parametrize("name", PARTS)
def test_a_container_is_watched_pinned_and_not_root(name):
    part = PARTS[name]

    assert re.search(r":v?\d+\.\d+", part["image"])
    assert "healthcheck" in part
    if name != "folders":
        assert not str(part.get("user", "10001")).startswith("0")
    if name in OURS:
        assert part["cap_drop"] == ["ALL"]
        assert part["read_only"]


def test_no_secret_has_a_value_in_the_file():
    for service in SERVICES:
        for key, value in PARTS[service]["environment"].items():
            if re.search("SECRET|PASSWORD|TOKEN$|API_KEY", key):
                assert re.fullmatch(r"\$\{\w+:\?[^}]+\}", value)


def test_the_operators_commands_exist():
    from typer.main import get_command

    from services.cli.__main__ import app

    groups = vars(get_command(app))["commands"]

    for name in ("keys", "prepare"):
        python, dash_m, module, group, command, *_ = PARTS[name]["command"]
        assert (python, dash_m, module) == ("python", "-m", "services.cli")
        assert command in groups[group].commands


@pytest.mark.skipif(
    shutil.which("docker") is None
    or subprocess.run(
        ["docker", "compose", "version"], capture_output=True, check=False
    ).returncode
    != 0,
    reason="no docker compose on this machine",
)
def test_compose_itself_can_read_the_file():
    outcome = subprocess.run(
        ["docker", "compose", "config", "--format", "json"],
        cwd=ROOT,
        env={**os.environ, **GIVEN},
        capture_output=True,
        text=True,
        check=False,
    )

    assert outcome.returncode == 0, outcome.stderr
    assert set(json.loads(outcome.stdout)["services"]) == set(PARTS)
