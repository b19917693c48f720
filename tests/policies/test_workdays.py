"""Here: worked dates, properties and an independent oracle for working-day arithmetic."""

from datetime import date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.workdays import (
    Calendar,
    Clock,
    Due,
    add_days,
    add_months,
    add_working_days,
    add_years,
    due,
    due_with_stops,
    if_stopped,
    late_since,
    working_days_between,
)

DAY = timedelta(days=1)
FIRST, LAST = date(2015, 1, 1), date(2026, 12, 31)


def every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=i) for i in range((last - first).days + 1)]


def announced() -> Calendar:
    holidays = frozenset(d for d in chinese_calendar.constants.holidays if d.weekday() < 5)
    off = holidays | frozenset(d for d in chinese_calendar.constants.in_lieu_days if d.weekday() < 5)
    worked = frozenset(d for d in chinese_calendar.constants.workdays if d.weekday() >= 5)
    return Calendar(off, worked, frozenset(range(2004, 2027)))


CALENDAR = announced()
days = st.dates(date(2014, 6, 1), date(2027, 12, 31))
lengths = st.integers(0, 120)
calm = settings(deadline=None)  # no test here judges speed
units = st.sampled_from(["working_days", "days", "months", "years"])


@st.composite
def closed_stops(draw):
    begins = draw(st.lists(days, max_size=4))
    return [(begin, begin + timedelta(days=draw(st.integers(0, 40)))) for begin in begins]


def test_is_workday_agrees_with_chinesecalendar_every_day():
    wrong = [d for d in every_day(FIRST, LAST) if CALENDAR.is_workday(d) != chinese_calendar.is_workday(d)]
    assert wrong == []


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        ("2026-03-02", 5, "2026-03-09"),  # a plain week: Tuesday is day 1
        ("2026-03-06", 1, "2026-03-09"),  # Friday: day 1 is Monday
        ("2026-03-07", 1, "2026-03-09"),  # a Saturday start costs nothing more
        ("2026-02-13", 1, "2026-02-14"),  # a Saturday worked
        ("2026-02-13", 5, "2026-02-27"),  # across Spring Festival
        ("2026-02-13", 6, "2026-02-28"),  # and the second Saturday worked
        ("2026-09-30", 5, "2026-10-13"),  # across National Day, Saturday the 10th worked
        ("2025-12-31", 1, "2026-01-04"),  # New Year: Sunday the 4th worked
        ("2026-10-01", 0, "2026-10-01"),  # no time at all
    ],
)
def test_worked_dates(start, n, expected):
    assert add_working_days(date.fromisoformat(start), n, CALENDAR) == Due(date.fromisoformat(expected))


@pytest.mark.parametrize(
    ("start", "n", "expected", "years"),
    [
        ("2026-11-22", 40, "2027-01-15", (2027,)),
        ("2026-11-22", 29, "2026-12-31", ()),
        ("2026-11-22", 30, "2027-01-01", (2027,)),
        ("2026-12-31", 1, "2027-01-01", (2027,)),
        ("2026-12-31", 0, "2026-12-31", ()),
        ("2026-12-31", 262, "2028-01-03", (2027, 2028)),
    ],
)
def test_a_year_not_announced_makes_the_date_provisional(start, n, expected, years):
    answer = add_working_days(date.fromisoformat(start), n, CALENDAR)
    assert answer == Due(date.fromisoformat(expected), years)
    assert answer.provisional is bool(years)


def test_a_period_touches_only_the_years_of_its_counted_days():
    assert CALENDAR.provisional_years(date(2003, 12, 31), date(2004, 1, 5)) == ()
    assert CALENDAR.provisional_years(date(2003, 12, 30), date(2004, 1, 5)) == (2003,)
    assert CALENDAR.provisional_years(date(2027, 1, 5), date(2027, 1, 5)) == ()


def test_exceptions_of_a_year_not_official_are_not_used_yet():
    draft = Calendar(frozenset({date(2027, 1, 1)}), frozenset({date(2027, 1, 3)}), frozenset())
    assert draft.is_workday(date(2027, 1, 1)) is True
    assert draft.is_workday(date(2027, 1, 3)) is False
    published = Calendar(draft.holidays, draft.workdays, frozenset({2027}))
    assert published.is_workday(date(2027, 1, 1)) is False
    assert published.is_workday(date(2027, 1, 3)) is True


@pytest.mark.parametrize(
    ("function", "start", "n", "expected"),
    [
        (add_days, "2026-02-27", 2, "2026-03-01"),
        (add_months, "2026-01-31", 1, "2026-02-28"),
        (add_months, "2024-01-31", 1, "2024-02-29"),
        (add_months, "2026-11-30", 3, "2027-02-28"),
        (add_months, "2026-12-15", 12, "2027-12-15"),
        (add_months, "2026-06-30", 6, "2026-12-30"),
        (add_years, "2024-02-29", 1, "2025-02-28"),
        (add_years, "2024-02-29", 4, "2028-02-29"),
        (add_years, "2026-05-01", 2, "2028-05-01"),
    ],
)
def test_calendar_periods(function, start, n, expected):
    assert function(date.fromisoformat(start), n) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("working_days", "2026-10-10"), ("days", "2026-10-03"), ("months", "2026-12-30"), ("years", "2029-09-30")],
)
def test_due_reads_the_unit(unit, expected):
    assert due(date(2026, 9, 30), 3, unit, CALENDAR) == Due(date.fromisoformat(expected))


def test_bad_input_is_refused():
    with pytest.raises(ValueError, match="fortnights"):
        due(date(2026, 3, 2), 1, "fortnights", CALENDAR)
    with pytest.raises(ValueError, match="-1"):
        due(date(2026, 3, 2), -1, "working_days", CALENDAR)
    with pytest.raises(TypeError):
        due(datetime(2026, 3, 2, 9), 1, "working_days", CALENDAR)
    with pytest.raises(TypeError):
        working_days_between(datetime(2026, 3, 2), datetime(2026, 3, 9), CALENDAR)
    with pytest.raises(ValueError, match="before it begins"):
        due_with_stops(date(2026, 3, 2), 5, "days", [(date(2026, 3, 5), date(2026, 3, 4))], CALENDAR, date(2026, 3, 9))


def march(day: int | None) -> date | None:
    return day and date(2026, 3, day)


# Five working days from Monday 2 March 2026; without stops Tuesday the 3rd is day 1 and Monday the 9th the last.
@pytest.mark.parametrize(
    ("stops", "today", "last", "used", "remaining", "since"),
    [
        ([], 2, 9, 0, 5, None),  # the day of receipt
        ([], 9, 9, 5, 0, None),  # the last day is still in time
        ([], 10, 9, 6, -1, None),  # one day overdue
        ([(4, 5)], 9, 10, 4, 1, None),  # back on Wednesday, returned Thursday: Wednesday counts, Thursday does not
        ([(4, 4)], 9, 9, 5, 0, None),  # back and returned within a day: nothing lost, nothing won
        ([(4, 11)], 11, 16, 2, 3, None),  # a week away: Thursday to the next Wednesday is skipped
        ([(6, 8)], 9, 9, 5, 0, None),  # away over a weekend only: no working day lost
        ([(2, 3)], 9, 10, 4, 1, None),  # returned to the unit on the day of receipt
        ([(1, 2)], 9, 9, 5, 0, None),  # a stop over before the period began
        ([(3, 5), (4, 6)], 9, 12, 2, 3, None),  # overlapping stops count once: 4, 5, 6 are skipped
        ([(3, 4), (4, 5)], 9, 11, 3, 2, None),  # stopped again on the day it came back: 4 stays skipped
        ([(4, None)], 4, None, 2, 3, 4),  # open from the very day
        ([(4, None)], 20, None, 2, 3, 4),  # and standing still since
        ([(4, 11)], 6, None, 2, 3, 4),  # asked for a day on which the return was still to come
        ([(6, None), (4, None)], 9, None, 2, 3, 4),  # two open stops: since the earlier
        ([(12, 13)], 9, 9, 5, 0, None),  # a stop that had not happened yet
        ([(9, None)], 12, 9, 5, 0, 9),  # the time was used up the day it stopped: due stands
        ([(10, None)], 12, 9, 6, -1, 10),  # already overdue when it stopped: due stands
    ],
)
def test_worked_table_of_stops(stops, today, last, used, remaining, since):
    stops = [(march(a), march(b)) for a, b in stops]
    expected = Clock(Due(march(last)) if last else None, used, remaining, march(since))
    assert due_with_stops(date(2026, 3, 2), 5, "working_days", stops, CALENDAR, march(today)) == expected


def test_stops_lengthen_months_by_calendar_days():
    stops = [(date(2026, 1, 10), date(2026, 1, 20))]
    clock = due_with_stops(date(2026, 1, 1), 1, "months", stops, CALENDAR, date(2026, 1, 31))
    assert clock == Clock(Due(date(2026, 2, 11)), used=20, remaining=11)


def test_a_stop_can_push_the_due_day_into_a_year_not_announced():
    stops = [(date(2026, 12, 24), date(2026, 12, 31))]
    clock = due_with_stops(date(2026, 12, 21), 5, "working_days", stops, CALENDAR, date(2027, 1, 1))
    assert clock == Clock(Due(date(2027, 1, 4), (2027,)), used=4, remaining=1)


@calm
@given(days, lengths)
def test_span_holds_exactly_n_working_days_and_ends_on_one(start, n):
    last = add_working_days(start, n, CALENDAR).day
    assert working_days_between(start, last, CALENDAR) == n
    assert n == 0 or CALENDAR.is_workday(last)


@calm
@given(days, days)
def test_between_equals_a_naive_count(a, b):
    low, high = sorted((a, b))
    span = every_day(low + DAY, high)
    known = [d for d in span if 2004 <= d.year <= 2026]
    naive = sum(d.weekday() < 5 for d in span)
    naive += len(CALENDAR.workdays.intersection(known)) - len(CALENDAR.holidays.intersection(known))
    assert working_days_between(a, b, CALENDAR) == (naive if a <= b else -naive)


@calm
@given(days, st.integers(0, 600))
def test_counting_then_adding_comes_back_to_the_last_working_day(start, gap):
    day = start + timedelta(days=gap)
    n = working_days_between(start, day, CALENDAR)
    back = add_working_days(start, n, CALENDAR).day
    assert back <= day
    assert working_days_between(back, day, CALENDAR) == 0


@calm
@given(days, lengths, lengths, units)
def test_more_time_and_a_later_start_are_never_due_earlier(start, n, more, unit):
    answer = due(start, n, unit, CALENDAR).day
    assert due(start, n + more, unit, CALENDAR).day >= answer
    assert due(start + DAY, n, unit, CALENDAR).day >= answer


@calm
@given(days, st.integers(0, 40), units, days)
def test_without_stops_the_clock_is_the_plain_period(start, n, unit, today):
    clock = due_with_stops(start, n, unit, [], CALENDAR, today)
    assert clock.due == due(start, n, unit, CALENDAR)
    if unit == "working_days":
        assert clock.used == max(0, working_days_between(start, today, CALENDAR))
        assert clock.used + clock.remaining == n


@calm
@given(days, st.integers(1, 40), closed_stops(), st.sampled_from(["working_days", "days"]))
def test_stopped_days_are_skipped_and_nothing_else(start, n, stops, unit):
    today = date(2028, 12, 31)
    clock = due_with_stops(start, n, unit, stops, CALENDAR, today)
    held = {d for begin, end in stops for d in every_day(begin + DAY, end)}
    counted = [
        d for d in every_day(start + DAY, clock.due.day) if d not in held and (unit == "days" or CALENDAR.is_workday(d))
    ]
    assert len(counted) == n
    assert counted[-1] == clock.due.day
    assert clock.used + clock.remaining == n


@calm
@given(days, st.integers(0, 40), closed_stops(), days)
def test_a_stop_never_brings_the_due_day_forward(start, n, stops, today):
    clock = due_with_stops(start, n, "working_days", stops, CALENDAR, today)
    plain = due_with_stops(start, n, "working_days", [], CALENDAR, today)
    assert clock.used <= plain.used
    assert clock.due is None or clock.due.day >= plain.due.day
    assert clock.due is not None or clock.stopped_since is not None


def brute(start, n, unit, held, *, calendar=CALENDAR):
    """The last day of a period, walked day by day; `held` are the days on which the clock stands still."""
    day = start
    while n:
        day += DAY
        if day not in held and (unit == "days" or calendar.is_workday(day)):
            n -= 1
    return day


# Five working days from Monday 2 March 2026, given back on `today` and here again on `back`.
@pytest.mark.parametrize(
    ("stops", "today", "back", "last"),
    [
        ([], 4, 9, 12),  # Wednesday counts; Thursday, Friday and Monday are lost
        ([], 4, 4, 9),  # given back and here again within a day
        ([], 6, 8, 9),  # over a weekend nothing is lost
        ([], 9, 16, 9),  # the last day has been used: nothing moves any more
        ([], 12, 16, 9),  # already late
        ([(4, None)], 6, 11, 16),  # stands still since Wednesday, here again on the 11th
        ([(3, 4)], 5, 6, 11),  # given back for the second time
    ],
)
def test_worked_table_of_giving_back_today(stops, today, back, last):
    stops = [(march(a), march(b)) for a, b in stops]
    answer = if_stopped(
        date(2026, 3, 2), 5, "working_days", stops, CALENDAR, today=march(today), back_on=march(back)
    )
    assert answer == Due(march(last))


@calm
@given(days, st.integers(1, 40), closed_stops(), st.integers(0, 90), st.integers(0, 40), st.sampled_from(["working_days", "days"]))
def test_giving_back_today_equals_a_walk_day_by_day(start, n, stops, gap, away, unit):
    today = start + timedelta(days=gap)
    stops = [(begin, end) for begin, end in stops if end <= today]
    back = today + timedelta(days=away)
    held = {d for begin, end in [*stops, (today, back)] for d in every_day(begin + DAY, end)}
    answer = if_stopped(start, n, unit, stops, CALENDAR, today=today, back_on=back).day
    assert answer == brute(start, n, unit, held)


@pytest.mark.parametrize(
    ("today", "n", "since"),
    [
        ("2026-03-09", 0, "2026-03-09"),
        ("2026-03-10", 1, "2026-03-09"),  # due on Monday is one working day late on Tuesday
        ("2026-03-09", 1, "2026-03-08"),  # due on Sunday is one working day late on Monday, as is due on Friday
        ("2026-03-08", 1, "2026-03-05"),  # on a Sunday, due on Thursday is one late
        ("2026-03-01", 2, "2026-02-26"),  # Saturday 28 February was worked
    ],
)
def test_worked_table_of_lateness(today, n, since):
    assert late_since(date.fromisoformat(today), n, CALENDAR) == date.fromisoformat(since)


@calm
@given(days, st.integers(1, 30))
def test_late_since_is_the_latest_day_that_is_late_enough(today, n):
    since = late_since(today, n, CALENDAR)
    assert working_days_between(since, today, CALENDAR) == n
    assert working_days_between(since + DAY, today, CALENDAR) < n
