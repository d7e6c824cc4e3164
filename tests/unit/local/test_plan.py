import pytest

from deploy.local.places import Places
from deploy.local.plan import ALL, Plan, names_of, ports_needed, service_of


def plan_of(tmp_path, names, outside=None):
    ports = {name: 20_000 + number for number, name in enumerate(names)}
    return Plan(Places(tmp_path), tuple(names), ports, outside or {})


def test_two_routers_share_the_work():
    names = names_of(ALL, {}, routers=2)

    assert names[3:] == ("intake", "router-1", "router-2", "desk", "notifier")
    assert service_of("router-2") == "router"


def test_a_part_that_lives_outside_is_used_and_not_started(tmp_path):
    outside = {"KAFKA_BOOTSTRAP_SERVERS": "kafka:9092", "SMTP_URL": "smtp://mail:25"}

    names = names_of(ALL, outside, routers=1)
    plan = plan_of(tmp_path, names, outside)

    assert names == ("redis", "intake", "router", "desk", "notifier")
    assert plan.kafka == "kafka:9092"
    assert plan.smtp == "smtp://mail:25"
    assert plan.redis == "redis://127.0.0.1:20000/0"


def test_the_desks_record_is_a_file_unless_told_otherwise(tmp_path):
    url = "postgresql://desk@db/desk"

    assert plan_of(tmp_path, ()).database == f"sqlite:///{tmp_path}/data/desk.db"
    assert plan_of(tmp_path, (), {"DATABASE_URL": url}).database == url


def test_kafka_needs_a_second_port_for_its_controller():
    assert ports_needed(["kafka", "redis"]) == ["kafka", "redis", "controller"]


def test_an_unknown_part_is_refused():
    with pytest.raises(ValueError, match="rooter is no part"):
        names_of(["rooter"], {}, routers=1)
