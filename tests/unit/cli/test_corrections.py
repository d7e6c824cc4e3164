"""What may be learnt from what clerks have put right."""

from uuid import UUID, uuid4

import pytest

from services.cli.corrections import (
    Correction,
    corrections,
    ordinary_services,
    service_of,
    settled,
)
from shared.classifier.reader import Reader
from shared.contracts.content import ReportContent, ReturnContent
from shared.contracts.vocabulary import Lane
from shared.sealing import Opener, Sealer, write_key_pair
from tests.builders import a_correction, a_return
from tests.tiny_model import tiny_model
from tests.unit.city.essen import essen

WORDS = "Der Klappradverleih klemmt"


@pytest.fixture
def keys(tmp_path):
    write_key_pair("router", tmp_path / "public", (tmp_path / "private",))
    return tmp_path


@pytest.fixture
def sealed(keys):
    """What every event says of a report, with content that the router can open."""

    def seal(text, report_id):
        report = ReportContent(report_id=report_id, description=text)
        content = ReturnContent(report_id=report_id, report=report, reason="nicht wir")
        box = Sealer(keys / "public").seal("router", content)
        return {"report_id": report_id, "content": box}

    return seal


@pytest.fixture
def returned(sealed):
    """A returned task."""

    def build(text=WORDS, report_id=None, **given):
        wish = {"to_department": "roads", **given}
        return a_return(**sealed(text, report_id or uuid4()), **wish)

    return build


@pytest.fixture
def corrected(sealed):
    """A service that was put right."""

    def build(service, text=WORDS, report_id=None, **given):
        facts = sealed(text, report_id or uuid4())
        return a_correction(service_code=service, **facts, **given)

    return build


@pytest.fixture
def learnt(keys):
    """The corrections that are found in events."""

    def found(*events):
        return corrections(
            events, Opener(keys / "private"), Reader(essen(), tiny_model())
        )

    return found


def test_a_returned_task_says_whose_the_report_is(returned, learnt):
    event = returned(to_department="roads")

    [found] = learnt(event)

    assert found == Correction(event.report_id, WORDS, "roads")


def test_a_service_that_was_changed_at_the_desk_says_what_it_is(corrected, learnt):
    event = corrected("dirt")

    [found] = learnt(event)

    assert found == Correction(event.report_id, WORDS, "cleaning", "dirt")


def test_a_service_that_was_changed_after_a_return_counts(returned, corrected, learnt):
    report_id = uuid4()

    [found] = learnt(
        returned(report_id=report_id, to_department="roads"),
        corrected("road-damage", report_id=report_id, department="roads"),
    )

    assert (found.department, found.service) == ("roads", "road-damage")


@pytest.mark.parametrize("service", ["other", "child-protection", "no-such-service"])
def test_a_service_that_cannot_be_taught_is_left_out(corrected, learnt, service):
    assert learnt(corrected(service)) == []


def test_the_last_wish_counts(returned, learnt):
    report_id = uuid4()
    first = returned(report_id=report_id, to_department="roads")
    last = returned(report_id=report_id, to_department="green", department="roads")

    [found] = learnt(first, last)

    assert found.department == "green"


def test_a_wish_that_was_returned_without_another_teaches_nothing(returned, learnt):
    report_id = uuid4()
    first = returned(report_id=report_id, to_department="roads")
    refused = returned(report_id=report_id, to_department=None, department="roads")

    assert learnt(first, refused) == []


@pytest.mark.parametrize("lane", [Lane.CONFIDENTIAL, Lane.DANGER])
def test_a_report_that_was_ever_more_than_ordinary_is_left_out(returned, lane):
    report_id = uuid4()
    before = a_return(report_id=report_id, lane=lane, to_department="asd")

    assert settled([before, returned(report_id=report_id)]) == []
    assert settled([returned(report_id=report_id), before]) == []


def test_one_matter_of_a_report_that_was_split_teaches_nothing_of_the_whole(returned):
    report_id = uuid4()
    first = returned(report_id=report_id, also_at=("cleaning",))

    assert settled([first, returned(report_id=report_id)]) == []


def test_what_reads_as_confidential_now_is_left_out(returned, learnt):
    assert learnt(returned("Kind wird geschlagen im Flur")) == []


@pytest.mark.parametrize("wish", ["asd", "moderation", "no-such-department"])
def test_a_wish_for_nothing_that_can_be_taught_is_left_out(returned, learnt, wish):
    assert learnt(returned(to_department=wish)) == []


def test_a_department_with_a_confidential_service_is_taught_its_ordinary_one():
    assert ordinary_services("jugendamt", essen()) == ["youth"]


def test_content_that_the_router_cannot_open_is_left_out(learnt):
    assert learnt(a_return(to_department="roads")) == []


def test_the_same_words_count_once(returned, learnt):
    assert len(learnt(returned(), returned(), returned())) == 1


def test_the_returned_service_is_kept_where_it_is_the_next_departments(
    returned, learnt
):
    [ours] = learnt(returned(service_code="road-damage"))
    [theirs] = learnt(returned(service_code="dirt"))

    assert ours.service == "road-damage"
    assert theirs.service is None


def test_else_the_departments_likeliest_service_is_learnt():
    reader = Reader(essen(), tiny_model())
    hole = Correction(uuid4(), "Schlagloch vor Haus 4", "roads")
    lamp = Correction(uuid4(), "Laterne defekt vor Haus 4", "roads")

    assert service_of(hole, reader) == "road-damage"
    assert service_of(lamp, reader) == "street-light"


def test_a_guess_meets_the_department_or_the_service_if_that_is_known():
    known = Correction(uuid4(), WORDS, "roads", "road-damage")
    unknown = Correction(uuid4(), WORDS, "roads")

    assert unknown.met_by("street-light", essen())
    assert not known.met_by("street-light", essen())
    assert known.met_by("road-damage", essen())
    assert not unknown.met_by(None, essen())


def test_every_fifth_is_held_out_and_always_the_same():
    ids = [UUID(int=number * 7919) for number in range(2000)]

    held_out = [id_ for id_ in ids if Correction(id_, "", "roads").held_out]

    assert 350 < len(held_out) < 450
    assert all(Correction(id_, "other words", "green").held_out for id_ in held_out)
