"""Here: arithmetic of legal periods on a calendar given as data. Not here: today's date, a city, any database."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

Unit = Literal["working_days", "days", "months", "years"]

# A stop (from, to) holds the days after `from` up to and including `to`, just as a period holds the days after its
# start: the day the papers go back still counts, the day they return does not, the next one does. So a stop that ends
# the day it began costs nothing, and a day inside two stops is skipped once. Without `to` the stop is open.
Stop = tuple[date, date | None]

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """The exceptions to Monday–Friday: weekdays off, weekend days worked (调休), and the years they are announced for."""

    holidays: frozenset[date]
    workdays: frozenset[date]
    official_years: frozenset[int]

    def is_workday(self, day: date) -> bool:
        """Is `day` worked? In a year that is not official only weekends are off."""
        weekday = day.weekday() < 5
        if day.year not in self.official_years:
            return weekday
        return day not in self.holidays if weekday else day in self.workdays

    def provisional_years(self, after: date, until: date) -> tuple[int, ...]:
        """Years that (after, until] touches and that are not official, in order."""
        if until <= after:
            return ()
        years = range((after + DAY).year, until.year + 1)
        return tuple(year for year in years if year not in self.official_years)


@dataclass(frozen=True)
class Due:
    """The last day of a period, and the unannounced years its working days were guessed in."""

    day: date
    provisional_years: tuple[int, ...] = ()

    @property
    def provisional(self) -> bool:
        return bool(self.provisional_years)


@dataclass(frozen=True)
class Clock:
    """A period that may stop. `used` and `remaining` are working days, or calendar days for every other unit.

    `due` is None while the clock stands still with time left. `remaining` below zero is days overdue.
    `stopped_since` is the day the open stop began, None while the clock runs.
    """

    due: Due | None
    used: int
    remaining: int
    stopped_since: date | None = None


def add_days(start: date, n: int) -> date:
    """The n-th calendar day after `start`; the day after `start` is day 1."""
    _check(start, n)
    return start + timedelta(days=n)


def add_months(start: date, n: int) -> date:
    """The same day n months on, or the last day of a shorter month."""
    _check(start, n)
    years, month = divmod(start.month - 1 + n, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def add_years(start: date, n: int) -> date:
    """The same day n years on; 29 February becomes 28 February in a common year."""
    return add_months(start, 12 * n)


def add_working_days(start: date, n: int, calendar: Calendar) -> Due:
    """The n-th working day after `start`; `start` itself never counts, not even as day 1 (YQ-3.5-5)."""
    _check(start, n)
    day = _nth_day(start, n, calendar.is_workday)
    return Due(day, calendar.provisional_years(start, day))


def working_days_between(a: date, b: date, calendar: Calendar) -> int:
    """Working days in (a, b]; negative when b lies before a."""
    _check(b)
    if b < a:
        return -working_days_between(b, a, calendar)
    return sum(map(calendar.is_workday, _days(a, b)))


def late_since(today: date, n: int, calendar: Calendar) -> date:
    """The latest last day that `today` is n working days past: due then or before is late by n working days or more."""
    _check(today, n)
    day = today
    while n > 0:
        n -= calendar.is_workday(day)
        day -= DAY
    return day


def due(start: date, within: int, unit: Unit, calendar: Calendar) -> Due:
    """The last day of a period that begins the day after `start`. Raises ValueError for an unknown unit.

    Only working days consult the calendar: a period in days, months or years may end on a day off.
    """
    if unit == "working_days":
        return add_working_days(start, within, calendar)
    plain: dict[str, Callable[[date, int], date]] = {"days": add_days, "months": add_months, "years": add_years}
    if unit not in plain:
        raise ValueError(f"unknown unit of time: {unit!r}")
    return Due(plain[unit](start, within))


def due_with_stops(
    start: date, within: int, unit: Unit, stops: Iterable[Stop], calendar: Calendar, today: date
) -> Clock:
    """Where a period stands on `today` when the days inside `stops` do not count (see `Stop`).

    Months and years are turned into calendar days first. Raises ValueError when a stop ends before it begins.
    """
    known = _known_stops(stops, today)
    period = due(start, within, unit, calendar)
    working = unit == "working_days"
    allotted = within if working else (period.day - start).days

    def runs(day: date) -> bool:
        stopped = any(begin < day and (end is None or day <= end) for begin, end in known)
        return not stopped and (not working or calendar.is_workday(day))

    used = sum(map(runs, _days(start, today)))
    since = min((begin for begin, end in known if end is None), default=None)
    if since is not None and sum(map(runs, _days(start, since))) < allotted:
        return Clock(None, used, allotted - used, since)
    last = _nth_day(start, allotted, runs)
    guessed = calendar.provisional_years(start, last) if working else ()
    return Clock(Due(last, guessed), used, allotted - used, since)


def if_stopped(
    start: date, within: int, unit: Unit, stops: Iterable[Stop], calendar: Calendar, *, today: date, back_on: date
) -> Due:
    """The last day if the clock stood still from `today` (or stands still already) and ran again after `back_on`."""
    ended = [(begin, back_on if end is None else end) for begin, end in stops]
    return _firm(due_with_stops(start, within, unit, [*ended, (today, back_on)], calendar, back_on))


def _firm(clock: Clock) -> Due:
    """Without an open stop a clock always has a last day."""
    if clock.due is None:
        raise ValueError("the clock still stands still")
    return clock.due


def _known_stops(stops: Iterable[Stop], today: date) -> list[Stop]:
    """The stops as they were known on `today`: a later one has not begun, a later end has not come."""
    known: list[Stop] = []
    for begin, end in stops:
        if end is not None and end < begin:
            raise ValueError(f"a stop ends on {end}, before it begins on {begin}")
        if begin <= today:
            known.append((begin, end if end is not None and end <= today else None))
    return known


def _nth_day(start: date, n: int, counts: Callable[[date], bool]) -> date:
    day = start
    while n > 0:
        day += DAY
        n -= counts(day)
    return day


def _days(after: date, until: date) -> Iterator[date]:
    return (after + timedelta(days=i) for i in range(1, (until - after).days + 1))


def _check(start: date, n: int = 0) -> None:
    # A datetime is a date to Python but equals no date in a set: every holiday would be missed in silence.
    if isinstance(start, datetime):
        raise TypeError("a period starts on a date, not at a moment")
    if n < 0:
        raise ValueError(f"a period cannot be {n} long")
