"""A model that is not what its card says is never used."""

import json
from dataclasses import replace

import numpy as np
import pytest

from shared.classifier.saving import save
from shared.classifier.storing import CARD, BrokenModel, load
from tests.tiny_model import tiny_model


@pytest.fixture
def folder(tmp_path):
    save(tiny_model(), tmp_path)
    return tmp_path


def test_a_model_is_read_as_it_was_written(folder):
    found = load(folder)

    assert found.version == tiny_model().version
    assert (found.services.weights == tiny_model().services.weights).all()


def test_a_file_of_another_model_is_noticed(folder):
    np.save(folder / "services-bias.npy", np.zeros(5, np.float32))

    with pytest.raises(BrokenModel, match="bias"):
        load(folder)


@pytest.mark.parametrize("card", ["", "[]", "{}", '{"sha256": {}}'])
def test_half_a_card_is_noticed(folder, card):
    (folder / CARD).write_text(card)

    with pytest.raises(BrokenModel):
        load(folder)


def test_a_missing_folder_is_noticed(tmp_path):
    with pytest.raises(BrokenModel):
        load(tmp_path / "nothing")


def test_parts_that_do_not_fit_each_other_are_noticed(folder):
    save(replace(tiny_model(), signals=("one",)), folder)

    with pytest.raises(BrokenModel, match="do not fit"):
        load(folder)


def test_a_model_must_know_the_dangers_behind_a_door(folder):
    dangers = tiny_model().dangers
    renamed = tuple("storm" if a == "child" else a for a in dangers.answers)
    save(replace(tiny_model(), dangers=replace(dangers, answers=renamed)), folder)

    with pytest.raises(BrokenModel, match="knows nothing of child"):
        load(folder)


def test_writing_another_model_in_its_place_leaves_the_mapped_one_whole(folder):
    mapped = load(folder)
    before = np.array(mapped.services.weights)
    text = json.loads((folder / CARD).read_text())["version"]

    save(replace(tiny_model(), version="2", idf=tiny_model().idf * 2), folder)

    assert (mapped.services.weights == before).all()
    assert (mapped.idf == tiny_model().idf).all()
    assert load(folder).version == "2" != text
