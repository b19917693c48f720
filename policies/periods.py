"""Here: the months, quarters, half-years and years that reports are about, and when they are due. Not here: who reports."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from policies.workdays import Calendar, Due, Unit, due

MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
# What a parameter that chooses the period may say, besides the code itself.
WORDS = {"每月": "month", "每季度": "quarter", "每半年": "half_year", "每年": "year"}
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """A span of whole months, both days included. `code` is 2026, 2026H1, 2026Q3 or 2026M07."""

    every: str
    first: date
    last: date

    @property
    def code(self) -> str:
        """A short name that sorts by time within one kind of period."""
        place = (self.first.month - 1) // MONTHS[self.every] + 1
        mark = {"month": f"M{place:02}", "quarter": f"Q{place}", "half_year": f"H{place}", "year": ""}[self.every]
        return f"{self.first.year}{mark}"

    @property
    def label(self) -> str:
        """2026年, 2026年上半年, 2026年第三季度, 2026年7月."""
        place = (self.first.month - 1) // MONTHS[self.every]
        return f"{self.first.year}年" + {
            "month": f"{self.first.month}月",
            "quarter": f"第{'一二三四'[place % 4]}季度",
            "half_year": "上下"[place % 2] + "半年",
            "year": "",
        }[self.every]

    @property
    def before(self) -> "Period":
        """The period that ended the day before this one begins."""
        return period_of(self.every, self.first - DAY)


def period_of(every: str, day: date) -> Period:
    """The period of this kind that a day lies in. Raises KeyError for an unknown kind."""
    length = MONTHS[every]
    first = (day.month - 1) // length * length + 1
    last = first + length - 1
    return Period(every, date(day.year, first, 1), date(day.year, last, monthrange(day.year, last)[1]))


def chosen(every: str, setting: str | None) -> str:
    """How often to report: what an office has set, else what the text says; empty for never by itself."""
    name = WORDS.get(setting or "", setting or every)
    return name if name in MONTHS else ""


def report_due(period: Period, within: int | None, unit: Unit, calendar: Calendar) -> Due | None:
    """The last day for the report on a period: `within` units after it ends, 0 for its own last day, None without a figure.

    Months after a period end with the month: a month after the first half-year is 31 July.
    """
    if within is None:
        return None
    if unit != "months":
        return due(period.last, within, unit, calendar)
    years, month = divmod(period.last.month - 1 + within, 12)
    year, month = period.last.year + years, month + 1
    return Due(date(year, month, monthrange(year, month)[1]))
