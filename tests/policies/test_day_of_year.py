"""Here: deadlines that end on a fixed day of the year. Not here: the clock that runs to it (scenarios of huoqiu-2021)."""

from datetime import date

import pytest

from policies.pack import DeadlineSpec

UNITS = {"days": "日"}


def spec(**given) -> DeadlineSpec:
    return DeadlineSpec("x", "R-1", "初审", "move:file", ("move:endorse",), "centre", **given)


@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2022, 5, 10), date(2022, 8, 31)),
        (date(2022, 8, 31), date(2022, 8, 31)),
        (date(2022, 9, 1), date(2023, 8, 31)),
    ],
)
def test_the_last_day_is_the_next_such_day_the_starting_day_included(start: date, last: date) -> None:
    assert spec(until_day="08-31").last_day(start) == last


def test_without_a_day_of_the_year_there_is_none() -> None:
    assert spec(within=3, unit="days").last_day(date(2022, 5, 10)) is None


def test_the_limit_in_words() -> None:
    limits = [each.limit(UNITS) for each in (spec(until_day="08-31"), spec(within=3, unit="days"), spec(), spec(within=0))]
    assert limits == ["8月31日前", "3日", "", ""]
