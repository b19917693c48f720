"""Clocks start, stop, go on and end with what happens to a project."""

from contextlib import contextmanager
from datetime import date

import pytest

from deadlines import publish
from deadlines.clocks import follow
from deadlines.models import CalendarDay, Deadline
from deadlines.timetable import timetable
from egov_projects.walk import submit
from organizations import clock
from policies.vocabulary import FACTS
from projects.evidence import void
from projects.instruments import set_parameter
from projects.transitions import perform
from tests.conftest import build_city

FRIDAY = date(2026, 3, 13)


@contextmanager
def on(month: int, day: int, year: int = 2026):
    with clock.at(date(year, month, day)):
        yield


@pytest.fixture
def filed(db, clocks):
    """A project filed on Friday 2026-03-13, and its city."""
    with clock.at(FRIDAY):
        city = build_city()
        return city.project("filed"), city


def row(project, code="five"):
    found = [row for row in timetable(project) if row.code == code]
    return found[-1] if found else None


@pytest.mark.parametrize(
    "start, due",
    [
        (date(2026, 3, 13), date(2026, 3, 20)),  # Friday: the next Friday
        (date(2026, 3, 14), date(2026, 3, 20)),  # Saturday: Monday is day 1
        (date(2026, 2, 12), date(2026, 2, 26)),  # over 春节: 13, 14 (worked Saturday), 24, 25, 26
        (date(2026, 9, 30), date(2026, 10, 13)),  # over 国庆: 8, 9, 10 (worked Saturday), 12, 13
    ],
)
def test_five_working_days_after_the_day_of_receipt(db, clocks, start, due):
    with clock.at(start):
        project = build_city().project("filed")
        assert (row(project).due_on, row(project).provisional) == (due, False)


def test_the_last_day_is_in_time_and_the_next_is_late(filed):
    project, _ = filed
    with on(3, 20):
        assert (row(project).used, row(project).remaining, row(project).status_label) == (5, 0, "办理中")
    with on(3, 21):
        assert (row(project).remaining, row(project).status_label) == (0, "已超期")
    with on(3, 23):
        assert row(project).remaining == -1


def test_an_until_event_ends_the_clock_in_time_or_late(filed):
    project, city = filed
    with on(3, 23):
        city.walker().walk_to(project, "endorsed")
        assert (row(project).status, row(project).status_label, row(project).met_on) == ("met", "逾期办结", date(2026, 3, 23))
    with on(4, 30):
        assert row(project).used == 6, "an ended clock does not run on"


def test_filing_again_starts_a_new_clock(filed):
    project, city = filed
    with on(3, 17):
        city.walker().prepare(project, "return_filing")
        perform(project.pk, "return_filing", actor=city.users["centre"], note="补正")
        assert row(project).status_label == "已办结"
    with on(3, 18):
        project.refresh_from_db()
        city.walker().record(project, "defect_answer")
        perform(project.pk, "file", actor=city.applicant)
        assert row(project).due_on == date(2026, 3, 25)
    assert list(project.deadlines.filter(code="five").values_list("status", flat=True)) == ["met", "open"]


def test_going_back_behind_the_start_voids_what_nothing_met(filed):
    project, city = filed
    with on(3, 16):
        perform(project.pk, "recall", actor=city.applicant)
    assert set(project.deadlines.values_list("code", "status")) == {("five", "voided"), ("waiting", "voided")}
    assert timetable(project) == []


def test_a_stop_pauses_the_clock(filed):
    project, city = filed
    with on(3, 16):
        submit(project, "scope_decision", {"within": True, "reason": "材料退回核对"}, actor=city.users["centre"])
        assert (row(project).due_on, row(project).status_label, row(project).remaining) == (None, "停表", 4)
    with on(3, 27):
        assert (row(project).used, row(project).stopped, row(project).status_label) == (1, 9, "停表")
        submit(project, "interim_check", {}, actor=city.users["centre"])
        assert (row(project).due_on, row(project).remaining) == (date(2026, 4, 2), 4)
    assert project.deadlines.get(code="five").waits_from == date(2026, 3, 24)


def test_suspension_stops_every_clock_and_resuming_lets_them_go_on(filed):
    project, city = filed
    with on(3, 16):
        perform(project.pk, "suspend", actor=city.users["gov_office"], note="待定")
        assert row(project).status_label == row(project, "waiting").status_label == "停表"
    with on(3, 18):
        perform(project.pk, "resume", actor=city.users["gov_office"], note="继续")
        assert row(project).due_on == date(2026, 3, 24)
        assert row(project, "waiting").status_label == "已等待3天"
    with on(3, 19):
        assert row(project, "waiting").status_label == "已等待4天"


def test_both_reasons_to_stand_still_must_have_gone(filed):
    project, city = filed
    with on(3, 16):
        submit(project, "scope_decision", {"within": True, "reason": "核对"}, actor=city.users["centre"])
    with on(3, 17):
        perform(project.pk, "suspend", actor=city.users["gov_office"], note="待定")
    with on(3, 18):
        perform(project.pk, "resume", actor=city.users["gov_office"], note="继续")
        assert row(project).due_on is None
    with on(3, 19):
        submit(project, "interim_check", {}, actor=city.users["centre"])
        assert row(project).due_on == date(2026, 3, 25)


@pytest.mark.parametrize("move, role", [("withdraw", "applicant"), ("terminate", "gov_office")])
def test_a_closed_project_keeps_no_clock(filed, move, role):
    project, city = filed
    with on(3, 16):
        perform(project.pk, move, actor=city.users[role], note="不再办理")
    assert set(project.deadlines.values_list("status", flat=True)) == {"voided"}


def test_conditions_open_and_close_a_clock_and_without_restart_it_goes_on(filed):
    project, city = filed
    with on(3, 16):
        submit(project, "interim_check", {"funding_verified": True}, actor=city.users["centre"])
        assert row(project, "once") is None
    with on(3, 17):
        submit(project, "interim_check", {"superior_verified": True}, actor=city.users["centre"])
    with on(3, 18):
        submit(project, "interim_check", {"superior_verified": True}, actor=city.users["centre"])
        assert (row(project, "once").starts_on, row(project, "once").due_on) == (date(2026, 3, 17), date(2026, 4, 17))
        submit(project, "scope_decision", {"within": False, "reason": "待定"}, actor=city.users["centre"])
        assert row(project, "once").status == "open"
        submit(project, "scope_decision", {"within": True, "reason": "属于"}, actor=city.users["centre"])
        assert row(project, "once").status == "met"


def test_a_voided_record_neither_starts_nor_ends_a_clock(filed):
    project, city = filed
    centre = city.users["centre"]
    with on(3, 16):
        started, _ = submit(project, "interim_check", {"superior_verified": True}, actor=centre)
        ended, _ = submit(project, "scope_decision", {"within": True, "reason": "属于"}, actor=centre)
        assert row(project, "once").status == "met"
        void(project.pk, "scope_decision", ended.pk, actor=centre, reason="误登")
        assert (row(project, "once").status, row(project, "once").met_on) == ("open", None)
        void(project.pk, "interim_check", started.pk, actor=centre, reason="误登")
        assert row(project, "once") is None


def test_waiting_without_a_figure_is_never_late_and_the_own_reminder_is_not_statutory(filed):
    project, city = filed
    with on(3, 25):
        waiting = row(project, "waiting")
        assert (waiting.due_on, waiting.remaining, waiting.waited) == (None, None, 12)
        assert (waiting.status_label, waiting.remark) == ("已等待12天", "")
        set_parameter(
            project.pack, "reminder_days", 12, actor=city.users["gov_office"],
            jurisdiction_id=city.jurisdiction.pk, reason="督办",
        )  # fmt: skip
        assert row(project, "waiting").remark == ""
    with on(3, 26):
        assert row(project, "waiting").remark == "超过提醒天数(12天,非法定期限)"
        assert row(project, "waiting").status == "open"


def test_an_unannounced_year_is_labelled_and_recomputed_when_announced(db, clocks):
    with on(12, 28):
        project = build_city().project("filed")
    with on(12, 29):
        assert (row(project).due_on, row(project).provisional) == (date(2027, 1, 4), True)
        assert row(project).remark == "2027年放假安排未公布，暂按周末推算"
        off = [date(2027, 1, 1), date(2027, 1, 4), date(2027, 10, 1)]
        days = [CalendarDay(day=day, kind="holiday", name="放假") for day in off]
        _, changed = publish.publish_year(days, "测试")
    stored = Deadline.objects.get(project=project, code="five")
    assert (changed, stored.due_on, stored.provisional) == (1, date(2027, 1, 6), False)


def test_the_fact_names_what_is_late_today(filed):
    project, _ = filed
    with on(3, 20):
        assert FACTS["deadlines.overdue"].answer(project) == []
    with on(3, 21):
        assert FACTS["deadlines.overdue"].answer(project) == ["five"]


def test_what_no_clock_listens_to_asks_next_to_nothing(filed, django_assert_max_num_queries):
    project, _ = filed
    with django_assert_max_num_queries(2):
        follow("record:filing_receipt", project=project, record=project)
