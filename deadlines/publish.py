"""Here: making years of the calendar official, and telling those who keep dates computed before.

Not here: reading files (calendar_files), the clocks themselves; they enrol in `recomputers`.
"""

from collections.abc import Callable, Iterable
from datetime import date
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction

from deadlines.models import CalendarDay, CalendarYear

Recompute = Callable[[date], int]

# Each is given the first day whose working status may have changed, computes its open dates that reach that day or
# later anew, and returns how many it changed. Enrol in AppConfig.ready().
recomputers: list[Recompute] = []

FIXED_HOLIDAYS = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))


def recompute_provisional(since: date) -> int:
    """Have every date that may rest on a changed day computed anew; returns how many changed."""
    return sum(recompute(since) for recompute in recomputers)


@transaction.atomic
def publish_year(days: list[CalendarDay], source: str, *, replace: bool = False) -> tuple[int, int]:
    """Make the year of `days` official: all of it or nothing. Returns the year and how many dates were recomputed.

    Days of the December before may come along, as a New Year notice may change them.
    Raises ValidationError for a wrong or incomplete list, or an official year without `replace`.
    """
    year = _checked_year(days)
    if not replace and CalendarYear.objects.filter(year=year, official=True).exists():
        raise ValidationError(f"{year}年放假安排已经公布；如需更正，请明确选择替换。")
    write_years({year}, days, source)
    return year, recompute_provisional(date(year - 1, 12, 1))


def write_years(years: set[int], days: Iterable[CalendarDay], source: str) -> None:
    """Replace the days of `years` and mark these official. For publishing and seeding; recomputes nothing."""
    kept = [day for day in days if day.is_exception]
    for day in kept:
        day.source = source
    CalendarDay.objects.filter(day__year__in=years).delete()
    CalendarDay.objects.bulk_create(
        kept, update_conflicts=True, unique_fields=["day"], update_fields=["kind", "name", "source"]
    )
    CalendarYear.objects.bulk_create(
        [CalendarYear(year=year, official=True, source=source, revision=uuid4()) for year in sorted(years)],
        update_conflicts=True,
        unique_fields=["year"],
        update_fields=["official", "source", "revision"],
    )


def _checked_year(days: list[CalendarDay]) -> int:
    if not days:
        raise ValidationError("文件中没有放假或调休日期。")
    year = max(day.day.year for day in days)
    strays = [day.day for day in days if day.day.year != year and (day.day.year, day.day.month) != (year - 1, 12)]
    off = {day.day for day in days if day.kind == CalendarDay.Kind.HOLIDAY}
    fixed = [date(year, month, day) for month, day in FIXED_HOLIDAYS]
    errors = [f"{day}不属于{year}年（只可附带上一年12月的调整）。" for day in strays]
    errors += [f"缺少法定节假日{day}，放假安排可能不完整。" for day in fixed if day.weekday() < 5 and day not in off]
    if errors:
        raise ValidationError(errors)
    return year
