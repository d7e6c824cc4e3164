"""Does the pack of Essen decide what it expects of itself?"""

from functools import cache

from services.cli.deciding import Trial
from services.cli.trying import tried
from shared.city.cases import CASES, read_cases
from tests.unit.city.essen import PACK, reader

LEAST = 0.9
KNOWN_AS_NORMAL = {
    "bin mit den Kurzen total am Ende, dat dritte is grad geboren",
    "Tek başıma üç çocuk büyütüyorum, artık gücüm kalmadı",
}
"""Need that no word names: moderation reads it first, nothing of it is published."""


@cache
def results():
    return tuple(tried(read_cases(PACK / CASES), Trial(reader())))


def test_there_are_enough_cases():
    assert len(results()) >= 300


def test_most_cases_are_decided_as_expected():
    right = sum(not each.wrong for each in results()) / len(results())

    assert right >= LEAST, "`meldekette routes test` names every miss"


def test_no_danger_and_no_secret_travels_like_any_report():
    normal = [
        each.case.text
        for each in results()
        if each.case.expect.lane in {"danger", "confidential"}
        and each.answer.decision.lane == "normal"
    ]

    known = tuple(KNOWN_AS_NORMAL)
    assert [text for text in normal if not text.startswith(known)] == []


def test_a_secret_that_is_not_seen_is_read_by_a_person_first():
    unseen = [
        each.answer.decision.department
        for each in results()
        if each.case.expect.lane == "confidential" and "lane" in each.wrong
    ]

    assert set(unseen) <= {"moderation"}
