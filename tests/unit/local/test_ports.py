import socket

from deploy.local.ports import HIGHEST, LOWEST, choose, is_free


def test_ports_stay_the_same_from_one_start_to_the_next(tmp_path):
    memory = tmp_path / "ports.json"

    first = choose(["kafka", "redis"], memory)

    assert choose(["kafka", "redis"], memory) == first
    assert len(set(first.values())) == 2


def test_ports_lie_where_no_system_hands_them_out(tmp_path):
    ports = choose(["kafka", "redis", "smtp", "desk"], tmp_path / "ports.json")

    assert all(LOWEST <= port <= HIGHEST for port in ports.values())


def test_a_port_that_somebody_else_has_taken_is_replaced(tmp_path):
    memory = tmp_path / "ports.json"
    mine = choose(["kafka"], memory)["kafka"]

    with socket.create_server(("127.0.0.1", mine)):
        other = choose(["kafka"], memory)["kafka"]

    assert other != mine
    assert is_free(other)


def test_another_checkout_begins_elsewhere(tmp_path):
    here = choose(["kafka"], tmp_path / "one" / "ports.json")
    there = choose(["kafka"], tmp_path / "two" / "ports.json")

    assert here != there


def test_a_new_name_does_not_take_a_remembered_port(tmp_path):
    memory = tmp_path / "ports.json"
    first = choose(["kafka"], memory)

    both = choose(["redis", "kafka"], memory)

    assert both["kafka"] == first["kafka"] != both["redis"]
