"""Here: the announced years that come with the software, put in after migrations. Not here: later years (publish)."""

from datetime import date
from pathlib import Path
from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps
from django.db import DEFAULT_DB_ALIAS, transaction

from deadlines.calendar_files import read_days
from deadlines.models import CalendarYear
from deadlines.publish import recompute_provisional, write_years

SHIPPED = Path(__file__).parent / "data" / "calendar.csv"
SOURCE = "国务院办公厅年度放假安排（随软件提供）"


@transaction.atomic
def seed_calendar(using: str = DEFAULT_DB_ALIAS, apps: Apps = installed, **kwargs: Any) -> None:
    """Make every shipped year official that is not yet; what the city has published or corrected stays."""
    if using != DEFAULT_DB_ALIAS or not _migrated(apps):
        return
    days = read_days(SHIPPED)
    known = set(CalendarYear.objects.filter(official=True).values_list("year", flat=True))
    years = {day.day.year for day in days} - known
    if not years:
        return
    december_before = {(year - 1, 12) for year in years}
    write_years(years, [d for d in days if d.day.year in years or (d.day.year, d.day.month) in december_before], SOURCE)
    if known:
        recompute_provisional(date(min(years) - 1, 12, 1))


def _migrated(apps: Apps) -> bool:
    return "calendarday" in apps.all_models.get("deadlines", {})
