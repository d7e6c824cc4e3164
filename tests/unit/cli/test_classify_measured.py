"""How long ``meldekette classify`` needs for a line."""

import json
import time
from datetime import datetime
from itertools import cycle, islice
from statistics import quantiles

from services.cli.classify import reply
from services.cli.deciding import Trial
from shared.city.cases import CASES, read_cases
from tests.unit.city.essen import PACK, reader

COUNT = 2000
ROUNDS = 5
NOON = datetime.fromisoformat("2026-03-02T12:00")
GRUGAPARK = {"lat": 51.429, "long": 6.988}


def test_2000_lines_need_less_than_600_microseconds_each():
    texts = [case.text for case in read_cases(PACK / CASES).values()]
    lines = [
        json.dumps({"id": number, "description": f"{text} {number}", **GRUGAPARK})
        for number, text in enumerate(islice(cycle(texts), COUNT))
    ]

    measured = []
    while not quick(measured) and len(measured) < ROUNDS:
        measured.append(seconds_of(lines))

    assert quick(measured), [sum(seconds) / COUNT for seconds in measured]


def quick(measured):
    """Whether one round, least disturbed by others, met both bounds."""
    return any(
        sum(seconds) / COUNT < 0.0006 and quantiles(seconds, n=100)[98] < 0.003
        for seconds in measured
    )


def seconds_of(lines):
    """Processor time, in which others count less; no text comes twice."""
    trial = Trial(reader(), reasons=False)
    moment = trial.moment(NOON)
    seconds = []
    for line in lines:
        started = time.process_time()
        reply(line.encode(), trial, moment)
        seconds.append(time.process_time() - started)
    return seconds
