"""Clerks give back, a model learns from it, and the running router decides better."""

import json
from itertools import product
from uuid import NAMESPACE_URL, uuid5

import httpx
import pytest
from structlog.testing import capture_logs

from shared.classifier.storing import CARD, load
from tests.waiting import until

LEARN = ("model", "learn", "--corpus", "corpus")
NEWS = "Der Klappradverleih klemmt schon wieder"
THINGS = (
    *("Klappradverleih klemmt", "Klappradverleih ohne Rad", "Klapprad fest"),
    *("Der Verleih der Klappräder geht nicht", "Verleihe kein Klapprad"),
)
PLACES = (
    "am Markt",
    "schon wieder",
    "seit gestern",
    "an der Brücke",
    "am See",
    "heute",
)
TEXTS = [f"{thing} {place}" for thing, place in product(THINGS, PLACES)]


async def test_a_router_decides_better_after_thirty_returns_without_a_restart(
    router, desk, meldekette, settings
):
    async with router() as parts:
        assert await desk.decided(NEWS) == "moderation"
        for text in TEXTS:
            await desk.give_back(known_id(text), text, to="roads")

        code, said = await meldekette(*LEARN)

        assert code == 0, said
        assert "30 corrections" in said
        assert load(settings.model_dir).version in said
        assert "Klapprad" not in said + (settings.model_dir / CARD).read_text()
        await until(lambda: _decides(desk, NEWS, "roads"), every=0.2)
        await _break_the_model(settings)
        assert await _ready(parts)
        assert await desk.decided(NEWS) == "roads"


async def test_without_corrections_nothing_is_learnt(meldekette, settings):
    code, said = await meldekette(*LEARN)

    assert code == 3
    assert "too few to learn from: 20 are asked for" in " ".join(said.split())
    assert load(settings.model_dir).version == "tiny"


@pytest.mark.parametrize("command", ["learn", "misrouted"])
async def test_a_broker_that_is_away_is_said_in_a_sentence(meldekette, command):
    code, said = await meldekette(
        "model", command, KAFKA_BOOTSTRAP_SERVERS="127.0.0.1:1"
    )

    assert code == 1
    assert "Kafka does not answer" in said
    assert "Traceback" not in said


async def test_what_does_not_help_is_not_installed(desk, meldekette, settings):
    for text in TEXTS:
        known = text.replace("Klapprad", "Laterne dunkel, Licht aus ")
        await desk.give_back(known_id(text), known, to="roads")

    code, said = await meldekette(*LEARN)

    assert code == 4, said
    assert "not installed: it is not better on the corrections" in said
    assert load(settings.model_dir).version == "tiny"


async def test_a_corrected_service_stays_where_it_is(router, desk):
    async with router():
        report_id = await desk.report("Laterne defekt vor Haus 4")
        await until(lambda: _are_assigned(desk, [report_id]), every=0.2)
        await desk.correct(report_id, "traffic-light")
        await desk.give_back(report_id, "Laterne", to="green", department="roads")
        await until(lambda: _are_assigned(desk, [report_id], more=1), every=0.2)

        first, second = await desk.tasks_of([report_id])
        assert (first.department, second.department) == ("roads", "green")


async def test_the_share_of_misrouted_tasks_is_told_by_department_and_week(
    router, desk, meldekette
):
    async with router():
        reports = [await desk.report("Laterne defekt vor Haus 4") for _ in range(4)]
        await until(lambda: _are_assigned(desk, reports), every=0.2)
        text = "Laterne defekt vor Haus 4"
        await desk.give_back(reports[0], text, to="green", department="roads")
        await until(lambda: _are_assigned(desk, reports, more=1), every=0.2)

    code, said = await meldekette("model", "misrouted", "--json")

    week = {"week": "2026-W10"}
    assert code == 0, said
    assert json.loads(said) == [
        {"department": "green", **week, "assigned": 1, "returned": 0, "share": 0.0},
        {"department": "roads", **week, "assigned": 4, "returned": 1, "share": 0.25},
    ]


def known_id(text):
    """The same at each run: it decides which corrections are held out."""
    return uuid5(NAMESPACE_URL, text)


async def _decides(desk, text, department):
    return await desk.decided(text) == department


async def _are_assigned(desk, reports, more=0):
    return len(await desk.tasks_of(reports)) == len(reports) + more


async def _break_the_model(settings):
    """Returns when the router has complained of it."""
    with capture_logs() as logs:
        (settings.model_dir / CARD).write_text("{")
        await until(lambda: any(entry["event"] == "model.broken" for entry in logs))


async def _ready(parts):
    transport = httpx.ASGITransport(app=parts.web)
    async with httpx.AsyncClient(transport=transport, base_url="http://router") as web:
        return (await web.get("/readyz")).is_success
