"""Until when the city promises to have acted."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from shared.city.city import City
from shared.city.models import WorkingTime
from shared.city.service import Service

SATURDAY = 5


@lru_cache(maxsize=64)
def public_holidays(country: str, subdivision: str, year: int) -> frozenset[date]:
    """The days of *year* on which the city's offices are closed by law."""
    import holidays

    return frozenset(holidays.country_holidays(country, subdiv=subdivision, years=year))


def is_working_day(day: date, working_time: WorkingTime) -> bool:
    """Monday to Friday, unless it is a public holiday here."""
    closed = public_holidays(working_time.country, working_time.subdivision, day.year)
    return day.weekday() < SATURDAY and day not in closed


def promised(
    service: Service, received_at: datetime, city: City, days: int | None = None
) -> datetime:
    """
    The end of the working day by which *service* is promised, or after other *days*.

    The day of the report does not count: it may be nearly over.
    """
    zone = ZoneInfo(city.timezone)
    day = received_at.astimezone(zone).date()
    left = days or service.promised_days
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day, city.working_time)
    return datetime.combine(day, time.fromisoformat(city.working_time.day_ends), zone)
