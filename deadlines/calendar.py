"""Here: the city's working calendar as the arithmetic wants it, and words for a provisional date.

Not here: the arithmetic (policies.workdays), changing the calendar (publish).
"""

from datetime import date
from functools import lru_cache
from uuid import UUID

from deadlines.models import CalendarDay, CalendarYear
from policies import workdays
from policies.workdays import Calendar, Due, Unit


def city_calendar() -> Calendar:
    """The calendar as it stands, cached until any process changes it.

    Each call asks one small query whether it changed: take it once when many dates are to be computed.
    """
    return _load(tuple(CalendarYear.objects.order_by("year").values_list("year", "official", "revision")))


def due(start: date, within: int, unit: Unit) -> Due:
    """The last day of a period on the city's calendar; the day after `start` is day 1 (YQ-3.5-5)."""
    return workdays.due(start, within, unit, city_calendar())


def label(due: Due) -> str:
    """What to print beside a date that rests on guessed working days; empty when it is firm."""
    if not due.provisional:
        return ""
    years = "、".join(map(str, due.provisional_years))
    return f"{years}年放假安排未公布，暂按周末推算"


@lru_cache(maxsize=1)
def _load(years: tuple[tuple[int, bool, UUID], ...]) -> Calendar:
    days = dict(CalendarDay.objects.values_list("day", "kind"))
    return Calendar(
        holidays=frozenset(day for day, kind in days.items() if kind == CalendarDay.Kind.HOLIDAY),
        workdays=frozenset(day for day, kind in days.items() if kind == CalendarDay.Kind.WORKDAY),
        official_years=frozenset(year for year, official, _ in years if official),
    )
