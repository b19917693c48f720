"""Here: when a project may be evaluated, and which may now. Not here: the refusal itself (scenarios)."""

from datetime import date

import pytest

from organizations import clock
from performance.eligible import eligible_on, eligible_projects, full_year


@pytest.mark.parametrize(
    ("in_service_on", "reading", "expected"),
    [
        (date(2025, 3, 3), "当日", date(2026, 3, 3)),
        (date(2025, 3, 3), "次日", date(2026, 3, 4)),
        (date(2024, 2, 29), "当日", date(2025, 2, 28)),
        (date(2024, 2, 29), "次日", date(2025, 3, 1)),
        (date(2023, 2, 28), "当日", date(2024, 2, 28)),
        (date(2025, 12, 31), "次日", date(2027, 1, 1)),
    ],
)
def test_a_year_is_full_on_the_same_day_or_the_next(in_service_on, reading, expected):
    assert full_year(in_service_on, reading) == expected


def test_the_list_holds_projects_from_their_first_anniversary_on(city):
    project, walker = city.project("in_service"), city.walker()
    assert eligible_on(project) == date(2027, 3, 2)
    with clock.at(date(2027, 3, 1)):
        assert eligible_projects(city.users["finance"]) == []
    with clock.at(date(2027, 3, 2)):
        (found,) = eligible_projects(city.users["finance"])
        assert (found.project, found.in_service_on, found.eligible_on, found.started) == (
            project, date(2026, 3, 2), date(2027, 3, 2), False,
        )  # fmt: skip
        assert eligible_projects(city.users["other"]) == []
        walker.record(project, "evaluation_start")
        assert [each.started for each in eligible_projects(city.users["finance"])] == [True]
        walker.walk_to(project, "evaluated")
        assert eligible_projects(city.users["finance"]) == []
