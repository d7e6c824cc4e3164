"""Does the city promise days on which it works?"""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from shared.city.promise import promised
from tests.unit.city.essen import essen

BERLIN = ZoneInfo("Europe/Berlin")


def promise(days: int, received: str) -> str:
    service = essen().services["dirt"].model_copy(update={"promised_days": days})
    at = datetime.fromisoformat(received).replace(tzinfo=BERLIN)
    return promised(service, at, essen()).isoformat()


@pytest.mark.parametrize(
    ("days", "received", "until"),
    [
        (1, "2026-11-23T08:00", "2026-11-24T16:00:00+01:00"),
        (1, "2026-11-27T08:00", "2026-11-30T16:00:00+01:00"),
        (1, "2026-11-28T12:00", "2026-11-30T16:00:00+01:00"),
        (2, "2026-12-23T09:00", "2026-12-28T16:00:00+01:00"),
        (1, "2027-06-30T23:30", "2027-07-01T16:00:00+02:00"),
    ],
)
def test_weekends_and_holidays_do_not_count(days, received, until):
    assert promise(days, received) == until


def test_corpus_christi_is_a_holiday_here():
    assert promise(1, "2026-06-03T10:00") == "2026-06-05T16:00:00+02:00"


def test_the_day_begins_at_midnight_of_the_city():
    service = essen().services["child-protection"]
    late = datetime.fromisoformat("2026-11-23T23:30:00+00:00")

    assert promised(service, late, essen()).date().isoformat() == "2026-11-25"
