"""Here: worked periods of recurring reports and their last days. Not here: who owes one (tests/deadlines/test_recurring.py)."""

from datetime import date

import pytest

from policies.periods import chosen, period_of, report_due
from policies.workdays import Calendar, Due

OFFICIAL = Calendar(frozenset({date(2026, 10, 1), date(2026, 10, 2)}), frozenset(), frozenset({2026}))


@pytest.mark.parametrize(
    "every, day, first, last, code, label",
    [
        ("month", "2026-02-13", "2026-02-01", "2026-02-28", "2026M02", "2026年2月"),
        ("month", "2024-02-29", "2024-02-01", "2024-02-29", "2024M02", "2024年2月"),
        ("quarter", "2026-03-31", "2026-01-01", "2026-03-31", "2026Q1", "2026年第一季度"),
        ("quarter", "2026-12-01", "2026-10-01", "2026-12-31", "2026Q4", "2026年第四季度"),
        ("half_year", "2026-06-30", "2026-01-01", "2026-06-30", "2026H1", "2026年上半年"),
        ("half_year", "2026-07-01", "2026-07-01", "2026-12-31", "2026H2", "2026年下半年"),
        ("year", "2026-07-01", "2026-01-01", "2026-12-31", "2026", "2026年"),
    ],
)
def test_the_period_a_day_lies_in(every, day, first, last, code, label):
    period = period_of(every, date.fromisoformat(day))
    assert (period.first.isoformat(), period.last.isoformat(), period.code, period.label) == (first, last, code, label)


@pytest.mark.parametrize(
    "every, day, before",
    [("month", "2026-01-05", "2025M12"), ("quarter", "2026-01-05", "2025Q4"), ("half_year", "2026-07-01", "2026H1"),
     ("year", "2026-07-01", "2025")],
)  # fmt: skip
def test_the_period_before(every, day, before):
    assert period_of(every, date.fromisoformat(day)).before.code == before


@pytest.mark.parametrize(
    "every, within, unit, last, guessed",
    [
        ("quarter", 15, "days", "2026-10-15", ()),
        ("quarter", 5, "working_days", "2026-10-09", ()),  # 1 and 2 October off
        ("quarter", 0, "days", "2026-09-30", ()),  # by the end of the quarter itself
        ("half_year", 1, "months", "2027-01-31", ()),  # of the second half-year: by the end of January
        ("half_year", 2, "months", "2027-02-28", ()),
        ("half_year", 1, "working_days", "2027-01-01", (2027,)),
    ],
)
def test_the_last_day_for_a_report(every, within, unit, last, guessed):
    period = period_of(every, date(2026, 9, 1))
    assert report_due(period, within, unit, OFFICIAL) == Due(date.fromisoformat(last), guessed)


def test_a_text_without_a_day_has_no_last_day():
    assert report_due(period_of("year", date(2026, 9, 1)), None, "days", OFFICIAL) is None


@pytest.mark.parametrize(
    "every, setting, answer",
    [("quarter", None, "quarter"), ("on_demand", None, ""), ("on_demand", "每月", "month"), ("quarter", "month", "month"),
     ("year", "每半年", "half_year")],
)  # fmt: skip
def test_an_office_may_set_how_often(every, setting, answer):
    assert chosen(every, setting) == answer
