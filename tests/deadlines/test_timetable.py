"""时限表 of one project: what began a clock, what it used, why it stood still, what giving back today would mean."""

from datetime import date

import pytest

from deadlines.timetable import Stop, timetable
from organizations import clock
from projects.transitions import perform
from tests.conftest import build_city


@pytest.fixture
def filed(db, clocks):
    """A project filed on Friday 2026-03-13, which the centre has to handle by the 20th, and its city."""
    with clock.at(date(2026, 3, 13)):
        city = build_city()
        return city.project("filed"), city


def row(project, day, code="five", back_after=5):
    with clock.at(day):
        return next(each for each in timetable(project, back_after) if each.code == code)


def test_a_running_clock(filed):
    project, _ = filed
    found = row(project, date(2026, 3, 18))
    assert (found.started_by, found.clause, found.office) == ("提交申报", "三(一)", "市电子政务中心")
    assert (found.starts_on, found.within, found.unit, found.due_on) == (date(2026, 3, 13), 5, "个工作日", date(2026, 3, 20))
    assert (found.used, found.stopped, found.remaining, found.late, found.stops) == (3, 0, 2, 0, ())


@pytest.mark.parametrize(
    "day, back_after, moved",
    [
        (16, 5, date(2026, 3, 26)),  # here again on Saturday the 21st, four days left
        (18, 2, date(2026, 3, 24)),  # back on the last day: two days were left
        (18, 1, date(2026, 3, 23)),
        (20, 5, None),  # the last day is used up
        (24, 5, None),  # already late
    ],
)
def test_giving_back_today(filed, day, back_after, moved):
    assert row(filed[0], date(2026, 3, day), back_after=back_after).if_returned == moved


def test_a_clock_that_stands_still_says_why_and_what_its_return_would_mean(filed, client):
    project, city = filed
    gov = city.users["gov_office"]
    with clock.at(date(2026, 3, 16)):
        perform(project.pk, "suspend", actor=gov, note="待定")
    with clock.at(date(2026, 3, 18)):
        perform(project.pk, "resume", actor=gov, note="继续")
    with clock.at(date(2026, 3, 19)):
        perform(project.pk, "suspend", actor=gov, note="再等")
    found = row(project, date(2026, 3, 23))
    assert (found.status_label, found.due_on, found.used, found.stopped, found.remaining) == ("停表", None, 2, 4, 3)
    assert found.stops == (
        Stop("项目暂停", date(2026, 3, 16), date(2026, 3, 18)), Stop("项目暂停", date(2026, 3, 19), None),
    )  # fmt: skip
    assert found.if_returned == date(2026, 4, 1)  # here again on Saturday the 28th, three days left
    client.force_login(city.applicant)
    with clock.at(date(2026, 3, 23)):
        page = client.get(f"/projects/{project.number}/deadlines/").content.decode()
        assert "若 5 天后交回,到期日为" in page and "2026-04-01" in page and "停表,恢复后再定" in page
        page = client.get(f"/projects/{project.number}/deadlines/?back=1").content.decode()
        assert "若 1 天后交回" in page and "2026-03-27" in page
        assert client.get(f"/projects/{project.number}/deadlines/?back=0").status_code == 400
    client.force_login(city.users["other"])
    assert client.get(f"/projects/{project.number}/deadlines/").status_code == 404


def test_the_event_of_the_pack_names_the_stop(filed):
    project, city = filed
    with clock.at(date(2026, 3, 17)):
        city.walker().record(project, "scope_decision")
    assert [(stop.why, stop.starts_on) for stop in row(project, date(2026, 3, 17)).stops] == [
        ("登记“范围认定”", date(2026, 3, 17))
    ]


def test_a_met_clock_says_by_what_and_how_late(filed):
    project, city = filed
    with clock.at(date(2026, 3, 24)):
        city.walker().walk_to(project, "endorsed")
    found = row(project, date(2026, 5, 1))
    assert (found.status_label, found.late, found.met_on) == ("逾期办结", 2, date(2026, 3, 24))
    assert (found.ended_by, found.if_returned) == ("出具预审意见(同意)", None)


def test_a_clock_met_while_it_stands_still_is_met_in_time(filed):
    project, city = filed
    with clock.at(date(2026, 3, 16)):
        city.walker().record(project, "scope_decision")
    assert row(project, date(2026, 3, 30)).status_label == "停表"
    with clock.at(date(2026, 3, 30)):
        city.walker().walk_to(project, "endorsed")
    found = row(project, date(2026, 4, 10))
    assert (found.status_label, found.due_on, found.used, found.stopped, found.late) == ("已办结", date(2026, 4, 3), 1, 10, 0)
    assert [(stop.starts_on, stop.ends_on) for stop in found.stops] == [(date(2026, 3, 16), date(2026, 3, 30))]


def test_a_year_not_announced_makes_the_day_provisional(filed):
    _, city = filed
    with clock.at(date(2026, 12, 28)):
        late = city.project("filed", name="年末项目")
    found = row(late, date(2026, 12, 29))
    assert (found.provisional, found.remark) == (True, "2027年放假安排未公布，暂按周末推算")
