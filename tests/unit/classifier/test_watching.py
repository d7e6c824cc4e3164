"""A model that was installed comes into force in a reader that runs."""

from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from services.cli.installing import install
from shared.classifier.reader import Reader
from shared.classifier.saving import save
from shared.classifier.storing import CARD, load
from shared.classifier.watching import ModelWatch
from tests.tiny_model import tiny_model
from tests.unit.city.essen import essen
from tests.waiting import until


def model_of(version):
    return replace(tiny_model(), version=version)


@pytest.fixture
def place(tmp_path):
    install(model_of("1"), tmp_path / "model")
    return tmp_path / "model"


@pytest.fixture
def reader(place):
    return Reader(essen(), load(place))


@pytest.fixture
def watch(reader, place):
    return ModelWatch(reader, place, seconds=0.01)


async def test_another_model_comes_into_force(watch, reader, place):
    await watch.look()
    install(model_of("2"), place)

    with capture_logs() as logs:
        await watch.look()

    assert reader.model.version == "2"
    assert logs == [
        {"event": "model.changed", "before": "1", "after": "2", "log_level": "info"}
    ]


async def test_one_that_came_before_the_first_look_is_seen(watch, reader, place):
    install(model_of("2"), place)

    await watch.look()

    assert reader.model.version == "2"


async def test_what_did_not_change_is_not_read_again(watch, reader):
    await watch.look()
    running = reader.model

    await watch.look()

    assert reader.model is running


async def test_a_half_written_model_is_said_once_and_never_used(watch, reader, place):
    await watch.look()
    save(model_of("2"), place)
    bias = place / "services-bias.npy"
    whole = bias.read_bytes()
    bias.unlink()
    bias.write_bytes(whole[:-1])

    with capture_logs() as logs:
        await watch.look()
        await watch.look()

    [complaint] = logs
    assert complaint["event"] == "model.broken"
    assert complaint["running"] == "1"
    assert reader.model.version == "1"


async def test_once_it_is_whole_it_is_used_though_its_card_came_first(
    watch, reader, place
):
    await watch.look()
    save(model_of("2"), place)
    bias = place / "services-bias.npy"
    whole = bias.read_bytes()
    bias.unlink()
    await watch.look()

    bias.write_bytes(whole)
    await watch.look()

    assert reader.model.version == "2"


async def test_a_folder_that_is_away_for_a_moment_changes_nothing(watch, reader, place):
    await watch.look()
    card = place / CARD
    text = card.read_text()
    card.unlink()
    await watch.look()
    assert reader.model.version == "1"

    card.write_text(text)
    await watch.look()
    assert reader.model.version == "1"


async def test_it_looks_by_itself_as_long_as_it_is_asked_to(watch, reader, place):
    async with watch.watching():
        install(model_of("2"), place)
        await until(lambda: reader.model.version == "2", seconds=10, every=0.01)
