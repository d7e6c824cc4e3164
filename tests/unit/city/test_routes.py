"""Rules of who acts: when they fit, and which can never decide."""

from datetime import datetime

import pytest

from shared.city.routes import Facts, Route, When, fits, flaws, route_for

MONDAY = datetime.fromisoformat("2026-03-02T12:00+01:00")
FACTS = Facts(
    service="dirt",
    asked=False,
    lane="normal",
    language="de",
    quarter="Kray",
    district=7,
    areas=frozenset({"park"}),
    at=MONDAY,
)


def a_route(name, to="green", **when):
    return Route(id=name, when=When(**when), to=to, because="Darum.")


def at(clock):
    return datetime.fromisoformat(f"2026-03-02T{clock}+01:00")


@pytest.mark.parametrize(
    ("when", "fitting"),
    [
        ({"service": ["dirt", "green"]}, True),
        ({"service": ["green"]}, False),
        ({"area": ["park", "water"]}, True),
        ({"area": ["water"]}, False),
        ({"quarter": ["Kray"], "district": [7]}, True),
        ({"district": [1]}, False),
        ({"asked": True}, False),
        ({"language": ["tr"]}, False),
        ({"lane": ["danger"]}, False),
        ({"days": ["mon"]}, True),
        ({"days": ["sat", "sun"]}, False),
    ],
)
def test_all_that_a_rule_names_must_be_so(when, fitting):
    assert fits(FACTS, When(**when)) is fitting


@pytest.mark.parametrize(
    ("clock", "inside"),
    [("21:59", False), ("22:00", True), ("03:00", True), ("06:00", False)],
)
def test_hours_may_pass_midnight(clock, inside):
    facts = Facts(**{**vars(FACTS), "at": at(clock)})

    assert fits(facts, When(hours="22:00-06:00")) is inside


def test_the_first_that_fits_decides():
    routes = [a_route("no", service=["noise"]), a_route("yes", service=["dirt"])]
    routes.append(a_route("late", area=["park"]))

    found = route_for(FACTS, routes)

    assert found
    assert found.id == "yes"


def test_a_rule_behind_a_wider_one_is_found():
    routes = [
        a_route("wide", service=["dirt", "green"]),
        a_route("narrow", to="roads", service=["dirt"], area=["park"]),
        a_route("other", service=["noise"]),
    ]

    [flaw] = flaws(routes, {})

    assert (flaw.route, "wide" in flaw.why, "green" in flaw.why) == (
        "narrow",
        True,
        True,
    )


def test_a_rule_that_contradicts_itself_is_found():
    routes = [a_route("nowhere", quarter=["Kray"], district=[1])]

    assert [flaw.route for flaw in flaws(routes, {"Kray": 7})] == ["nowhere"]
