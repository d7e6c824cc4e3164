"""``meldekette classify``: a report in, a decision out."""

import json

import pytest
from typer.testing import CliRunner

from services.cli.__main__ import app
from tests.unit.city.essen import MODEL, PACK, reader

NOON, NIGHT = "2026-03-02T12:00", "2026-03-02T23:30"
GRUGAPARK = {"lat": 51.429, "long": 6.988}
RAILWAY = {"lat": 51.4511, "long": 7.0125}


def classify(*lines, at=NOON, pack=PACK):
    told = (
        line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines
    )
    return CliRunner().invoke(
        app,
        ["classify", "--city", str(pack), "--model", str(MODEL), "--at", at],
        input=b"\n".join(told),
    )


def answers(*lines, **given):
    outcome = classify(*lines, **given)
    assert outcome.exit_code == 0, outcome.output
    return [json.loads(line) for line in outcome.stdout.splitlines()]


def test_a_report_is_answered_with_all_that_was_decided():
    (answer,) = answers({"id": "a-1", "description": "Straßenlaterne ist defekt"})

    assert answer.pop("confidence") >= 0.5
    assert answer == {
        "id": "a-1",
        "service_code": "street-light",
        "common_category": "street-light",
        "department": "roads",
        "routed": True,
        "lane": "normal",
        "because": "Gelesen als „Straßenbeleuchtung“: zuständig ist "
        "Amt für Straßen und Verkehr.",
    }


def test_the_order_and_every_kind_of_id_are_kept():
    ids = [7, "7", None, {"part": 1}]

    found = answers(*({"id": id_, "description": "Schlagloch"} for id_ in ids))

    assert [answer["id"] for answer in found] == ids


def test_what_is_unsure_goes_to_moderation_with_the_best_guess():
    (answer,) = answers({"id": 1, "description": "Hm. Irgendwie so."})

    assert answer["routed"] is False
    assert answer["department"] == "moderation"
    assert answer["service_code"] in reader().city.services
    assert answer["common_category"] is not None


def test_what_a_rule_leaves_to_moderation_is_not_routed():
    told = {"id": 1, "description": "Sperrmüll, zwei alte Matratzen", **RAILWAY}

    (answer,) = answers(told)

    assert answer["service_code"] == "not-the-city"
    assert (answer["department"], answer["routed"]) == ("moderation", False)


def test_words_that_say_nothing_have_no_service_and_no_category():
    (answer,) = answers({"id": 1, "description": "…!? 👍"})

    assert (answer["service_code"], answer["common_category"]) == (None, None)
    assert (answer["department"], answer["confidence"]) == ("moderation", 0.0)


def test_a_service_without_a_common_category_gets_the_likeliest():
    (answer,) = answers(
        {"id": 1, "description": "Graffiti an der Mauer, bitte entfernen"}
    )

    assert answer["service_code"] == "graffiti"
    common = {service.common for service in reader().city.services.values()}
    assert answer["common_category"] in common - {None}


def test_the_service_chosen_is_taken():
    (answer,) = answers({"id": 1, "description": "Da.", "service_code": "drainage"})

    assert (answer["service_code"], answer["confidence"]) == ("drainage", 1.0)


def test_a_confidential_service_that_was_chosen_is_confidential():
    told = {"id": 1, "description": "Da.", "service_code": "child-protection"}

    (answer,) = answers(told)

    assert (answer["lane"], answer["department"]) == ("confidential", "jugendamt")


def test_danger_and_confidential_words_have_their_lanes():
    found = answers(
        {"id": 1, "description": "Es brennt! Flammen aus dem Fenster!"},
        {"id": 2, "description": "Der Vater schlägt sein Kind jeden Tag"},
    )

    assert [answer["lane"] for answer in found] == ["danger", "confidential"]


def test_the_place_decides_as_in_the_router():
    told = {"id": 1, "description": "Sperrmüll, zwei alte Matratzen"}

    somewhere, in_the_park = answers(told, {**told, **GRUGAPARK})

    assert (somewhere["department"], in_the_park["department"]) == ("cleaning", "green")


def test_the_hour_decides_as_in_the_router():
    told = {"id": 1, "description": "Laute Musik von nebenan, keiner kann schlafen"}

    by_day, by_night = answers(told, at=NOON), answers(told, at=NIGHT)

    assert by_day[0]["because"] != by_night[0]["because"]
    assert answers(told, at=f"{NIGHT}+01:00") == by_night


def test_the_same_lines_have_the_same_answers():
    lines = [{"id": 1, "description": "Ampel kaputt"}, {"id": 2, "description": "Müll"}]

    assert answers(*lines) == answers(*lines)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"{", "is no JSON"),
        (b'{"id": 2, "description": "\xff"}', "is no JSON"),
        (b"[]", "has no id"),
        ({"description": "Müll"}, "has no id"),
        ({"id": 2}, "the description is no text"),
        ({"id": 2, "description": 7}, "the description is no text"),
        ({"id": 2, "description": "Müll", "service_code": 7}, "the service_code is"),
        ({"id": 2, "description": "Müll", "lat": 51.4}, "lat and long are numbers"),
        ({"id": 2, "description": "Müll", "lat": "51", "long": 7}, "lat and long are"),
        ({"id": 2, "description": "Müll", "lat": True, "long": 7}, "lat and long are"),
    ],
)
def test_a_broken_line_is_named_and_the_others_are_answered(line, says):
    good = {"id": 1, "description": "Müll"}

    outcome = classify(good, b"", line, {**good, "id": 3})

    assert outcome.exit_code == 1
    assert f"line 3: {says}" in outcome.stderr
    assert [json.loads(each)["id"] for each in outcome.stdout.splitlines()] == [1, 3]


def test_a_pack_or_a_model_that_is_none_is_named(tmp_path):
    outcome = classify(pack=tmp_path)

    assert outcome.exit_code == 1
    assert str(tmp_path) in outcome.stderr
