"""Which matters a report names."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from services.router.rules import Where
from services.router.splitting import decide_each
from shared.contracts.vocabulary import Lane
from tests.fault.citizens import TEXTS
from tests.unit.city.essen import reader

NOON = datetime.fromisoformat("2026-03-02T12:00+01:00")
HERE = Path(__file__).parent
LAMP = "Die Straßenlaterne vor Haus 12 ist seit Tagen defekt."
RUBBISH = "liegt auf dem Gehweg ein Haufen Sperrmüll."


def decided(text, asked=None, lane=Lane.NORMAL, *, areas=()):
    where = Where(quarter=None, areas=frozenset(areas), at=NOON)
    return decide_each(text, asked, lane, where, reader())


def departments(text, asked=None, lane=Lane.NORMAL, **where):
    return [each.department for each in decided(text, asked, lane, **where)]


def written(name):
    """Texts that were written before the rule was measured on them."""
    lines = (HERE / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_of_texts_that_name_two_matters_most_are_split_as_a_person_would():
    texts = written("two-matters")

    right = [each for each in texts if departments(each["text"]) == each["departments"]]

    assert len(texts) == 40
    assert len(right) >= 30  # 32 when it was written; a model may be trained anew


@pytest.mark.parametrize("text", [each["text"] for each in written("one-matter")])
def test_what_only_says_where_it_is_or_what_follows_splits_nothing(text):
    assert len(decided(text)) == 1


@pytest.mark.parametrize(("text", "asked"), TEXTS)
def test_the_texts_of_the_fault_tests_name_one_matter(text, asked):
    assert len(decided(f"{text} (3)", asked)) == 1


def test_each_matter_has_its_own_reasons_and_says_that_it_is_not_alone():
    lamp, rubbish = decided(f"{LAMP} Außerdem {RUBBISH}")

    assert lamp.record.because.startswith("Die Meldung nennt zwei Anliegen. Dieses: ")
    assert "Straßenbeleuchtung" in lamp.record.because
    assert "Wilder Müll" in rubbish.record.because
    assert lamp.record.service_code == "street-light"
    assert rubbish.record.service_code == "illegal-dumping"


def test_two_matters_of_one_department_are_one_task():
    assert departments(f"{LAMP} Außerdem ist die Ampel ausgefallen.") == ["roads"]


def test_the_place_decides_first_who_acts():
    """In a park its keepers clear the rubbish, too."""
    text = f"Auf dem Spielplatz ist die Rutsche kaputt. Außerdem {RUBBISH}"

    assert departments(text) == ["green", "cleaning"]
    assert departments(text, areas=["park"]) == ["green"]


def test_what_the_citizen_chose_comes_first():
    text = f"{LAMP} Außerdem {RUBBISH}"

    first, second = decided(text, "illegal-dumping")

    assert (first.department, second.department) == ("cleaning", "roads")
    assert first.record.rule == "service.asked"
    assert "zwei Anliegen" in first.record.because


def test_a_choice_that_the_text_does_not_know_adds_no_task():
    assert departments(LAMP, "dirt") == ["cleaning"]
    assert departments(f"{LAMP} Bitte reparieren Sie sie bald.", "dirt") == ["cleaning"]


def test_danger_in_one_matter_leaves_the_other_ordinary():
    lamp, fire = decided(
        f"{LAMP} Außerdem brennt es: der Müllcontainer steht in Flammen!",
        lane=Lane.DANGER,
    )

    assert (lamp.department, lamp.lane) == ("roads", Lane.NORMAL)
    assert (fire.department, fire.lane) == ("public-order", Lane.DANGER)


def test_danger_in_one_matter_leaves_what_was_chosen_ordinary():
    text = f"{LAMP} Außerdem brennt es: der Müllcontainer steht in Flammen!"

    lamp, fire = decided(text, "street-light", Lane.DANGER)

    assert (lamp.department, lamp.lane) == ("roads", Lane.NORMAL)
    assert (fire.department, fire.lane) == ("public-order", Lane.DANGER)


@pytest.mark.parametrize(
    "text",
    [
        "Die Laterne liegt umgestürzt auf der Straße. Kabel sprühen Funken!",
        f"{LAMP} Kabel unter Strom liegen offen. Außerdem {RUBBISH}",
        f"Feuer! {LAMP} Außerdem {RUBBISH}",
    ],
)
def test_an_emergency_stays_one(text):
    [whole] = decided(text, lane=Lane.DANGER)

    assert whole.lane is Lane.DANGER


def test_a_danger_that_only_intake_saw_is_not_cut_up():
    [whole] = decided(f"{LAMP} Außerdem {RUBBISH}", lane=Lane.DANGER)

    assert whole.lane is Lane.DANGER


def test_what_is_confidential_is_nobody_elses():
    [whole] = decided(f"{LAMP} Außerdem schlägt der Nachbar jeden Tag sein Kind.")

    assert whole.lane is Lane.CONFIDENTIAL


def test_at_most_three_tasks_come_of_a_report():
    text = (
        f"- {LAMP}\n- Sperrmüll und Matratzen auf dem Gehweg\n"
        "- Der Gully ist verstopft und läuft über\n"
        "- Ein Schrottauto ohne Kennzeichen steht auf dem Parkplatz"
    )

    assert departments(text) == ["roads", "cleaning", "utilities"]
    assert "drei Anliegen" in decided(text)[0].record.because


def test_a_long_story_is_read_as_a_whole():
    story = f"{LAMP} " + "Dazu schreibe ich noch einen Satz. " * 8

    assert len(decided(f"{story} Außerdem {RUBBISH}")) == 1
