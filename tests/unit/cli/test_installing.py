"""A model comes where running services look for it, whole or not at all."""

from dataclasses import replace

import pytest

from services.cli.installing import install
from shared.classifier.saving import save
from shared.classifier.storing import BrokenModel, load
from tests.tiny_model import tiny_model


def model_of(version):
    return replace(tiny_model(), version=version)


def test_a_model_is_installed_where_there_was_none(tmp_path):
    folder = install(model_of("1"), tmp_path / "model")

    assert load(tmp_path / "model").version == "1"
    assert folder == tmp_path / "model.1"


def test_a_folder_gives_way_and_stays_to_go_back_to(tmp_path):
    save(model_of("1"), tmp_path / "model")

    install(model_of("2"), tmp_path / "model")

    assert load(tmp_path / "model").version == "2"
    assert load(tmp_path / "model.1").version == "1"


def test_the_next_one_only_moves_the_link(tmp_path):
    install(model_of("1"), tmp_path / "model")
    install(model_of("2"), tmp_path / "model")

    assert (tmp_path / "model").readlink().name == "model.2"
    assert load(tmp_path / "model.1").version == "1"
    assert {path.name for path in tmp_path.iterdir()} == {
        *("model", "model.1", "model.2")
    }


def test_a_model_that_cannot_be_read_back_is_not_installed(tmp_path):
    install(model_of("1"), tmp_path / "model")
    broken = replace(model_of("2"), signals=())

    with pytest.raises(BrokenModel):
        install(broken, tmp_path / "model")

    assert load(tmp_path / "model").version == "1"
