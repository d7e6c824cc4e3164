"""When a danger is one: the model's word against the pack's."""

import pytest

from shared.classifier.alarm import NO_DANGER, sounded

CALM = {"child": 0.0, "violence-at-home": 0.0, "elder": 0.0, "fire": 0.0, "weapon": 0.0}
FROM = 0.4


def alarm(named=False, harmless=False, words=8, ordinary=0.0, **kinds):
    shares = {**CALM, **{name.replace("_", "-"): p for name, p in kinds.items()}}
    shares[NO_DANGER] = 1 - sum(shares.values())
    return sounded(
        shares,
        named=named,
        harmless=harmless,
        words=words,
        ordinary=ordinary,
        danger_from=FROM,
    )


def test_what_the_model_is_sure_of_is_urgent():
    found = alarm(fire=0.5)

    assert (found.urgent, found.kind, found.doubtful) == (True, "fire", False)


def test_a_little_less_is_a_doubt_and_much_less_nothing():
    assert alarm(fire=0.3).doubtful
    assert not alarm(fire=0.3).urgent
    assert not alarm(fire=0.1).doubtful


def test_the_packs_words_need_little_of_the_model():
    assert alarm(named=True, fire=0.1).urgent
    assert not alarm(named=True, fire=0.01).urgent


@pytest.mark.parametrize(("share", "urgent"), [(0.6, False), (0.95, True)])
def test_a_single_word_must_be_very_clear(share, urgent):
    assert alarm(words=1, fire=share).urgent is urgent


@pytest.mark.parametrize(("share", "urgent"), [(0.5, False), (0.7, True)])
def test_beside_a_sure_ordinary_matter_a_danger_must_be_surer(share, urgent):
    assert alarm(ordinary=0.97, fire=share).urgent is urgent


@pytest.mark.parametrize(("share", "urgent"), [(0.7, False), (0.95, True)])
def test_where_the_pack_hears_something_harmless_it_must_be_very_clear(share, urgent):
    assert alarm(harmless=True, fire=share).urgent is urgent


def test_a_need_behind_a_door_has_its_service():
    assert alarm(child=0.6).need == "child-protection"
    assert alarm(fire=0.6).need is None


def test_a_weapon_in_the_street_is_no_need_at_home():
    found = alarm(named=True, violence_at_home=0.6, weapon=0.3)

    assert (found.kind, found.need) == ("weapon", None)
