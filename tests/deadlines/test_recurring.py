"""Recurring reports: who owes one for which period, until when, and what ends it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deadlines import office_reports
from deadlines.checks import problems
from deadlines.models import OfficeReport
from deadlines.recurring import owed_period
from deadlines.sweep import sweep
from deadlines.timetable import timetable
from desk.inbox import link, todo
from desk.models import Duty, Notice
from organizations import clock
from organizations.models import User
from policies import loader
from projects.errors import Forbidden, Invalid, Stale
from projects.evidence import record, void
from projects.instruments import Settings, set_parameter
from projects.models import Project
from projects.transitions import perform
from tests.conftest import build_city

CHECKED = {"superior_verified": True, "government_verified": True, "funding_verified": True}
OPINION = {"applies": True, "opinion": "参照执行。"}


@pytest.fixture
def filed(db, clocks):
    """A project filed on Friday 2026-03-13, and its city."""
    with clock.at(date(2026, 3, 13)):
        city = build_city()
        return city.project("filed"), city


def on(day, do, *args, **more):
    with clock.at(day):
        return do(*args, **more)


def reports(project):
    found = project.deadlines.filter(code__contains="@").order_by("starts_on", "id")
    return list(found.values_list("code", "status", "due_on", "met_on"))


def duties(project, name):
    return list(project.duties.filter(kind=Duty.EVIDENCE, name=name).values_list("role", "label"))


def test_a_quarter_is_owed_when_it_has_ended_and_only_once(filed):
    project, _ = filed
    assert [sweep(date(2026, *day)).reports for day in ((3, 31), (4, 1), (4, 1), (5, 30))] == [0, 1, 0, 0]
    assert reports(project) == [("progress@2026Q1", "late", date(2026, 4, 15), None)]
    row = next(row for row in on(date(2026, 4, 2), timetable, project) if row.code == "progress@2026Q1")
    shown = (row.label, row.clause, row.starts_on, row.within, row.unit, row.started_by)
    assert shown == ("进展报告(2026年第一季度)", "三(一)", date(2026, 3, 31), 15, "日", "报告期")
    assert duties(project, "interim_check") == [("centre", "进展报告(2026年第一季度)")]


def test_a_project_that_came_later_or_left_earlier_owes_nothing(filed):
    project, city = filed
    with clock.at(date(2026, 4, 2)):
        city.project("filed", name="四月的")
        perform(project.pk, "withdraw", actor=city.applicant, note="不建了")
    assert sweep(date(2026, 4, 3)).reports == 0
    assert sweep(date(2026, 7, 1)).reports == 3  # the one of April, and the half-year of two offices
    assert reports(project) == []


def test_the_record_answers_for_the_oldest_period_and_its_voiding_brings_it_back(filed):
    project, city = filed
    sweep(date(2026, 4, 1))
    sweep(date(2026, 7, 1))
    centre = city.users["centre"]
    first, _ = on(date(2026, 7, 2), record, project.pk, "interim_check", CHECKED, actor=centre)
    q1, q2 = date(2026, 4, 15), date(2026, 7, 15)
    assert reports(project) == [("progress@2026Q1", "met", q1, date(2026, 7, 2)), ("progress@2026Q2", "open", q2, None)]
    assert duties(project, "interim_check") == [("centre", "进展报告(2026年第二季度)")]
    on(date(2026, 7, 3), void, project.pk, "interim_check", first.pk, actor=centre, reason="误")
    assert [row[:2] for row in reports(project)] == [("progress@2026Q1", "open"), ("progress@2026Q2", "open")]
    assert duties(project, "interim_check") == [("centre", "进展报告(2026年第一季度)")]


def test_what_was_reported_within_the_period_is_not_owed_unless_it_answered_for_an_earlier_one(filed):
    project, city = filed
    centre = city.users["centre"]
    on(date(2026, 3, 30), record, project.pk, "interim_check", CHECKED, actor=centre)
    assert sweep(date(2026, 4, 1)).reports == 0
    sweep(date(2026, 7, 1))
    on(date(2026, 7, 2), record, project.pk, "interim_check", CHECKED, actor=centre)  # for the second quarter
    assert [row[:2] for row in reports(project)] == [("progress@2026Q2", "met")]
    sweep(date(2026, 10, 1))
    assert [row[:2] for row in reports(project)] == [("progress@2026Q2", "met"), ("progress@2026Q3", "open")]


def test_by_the_last_day_of_the_period_as_often_as_the_office_has_set_even_while_suspended(filed):
    project, city = filed
    set_how_often(project, city, "每月")
    assert sweep(date(2026, 4, 1)).reports == 2
    assert ("status@2026M04", "open", date(2026, 4, 30), None) in reports(project)
    status = project.deadlines.get(code="status@2026M04")
    assert (status.starts_on, status.within, status.unit, status.remind_on) == (date(2026, 3, 31), 30, "days", date(2026, 4, 25))
    on(date(2026, 4, 10), perform, project.pk, "suspend", actor=city.users["gov_office"], note="待定")
    stopped = dict(project.deadlines.filter(code__contains="@").values_list("code", "stopped"))
    assert stopped == {"progress@2026Q1": True, "status@2026M04": False}
    assert sweep(date(2026, 5, 1)).reports == 1
    assert reports(project)[-1] == ("status@2026M05", "open", date(2026, 5, 31), None)


def set_how_often(project, city, value):
    with clock.at(date(2026, 3, 16)):
        set_parameter(
            project.pack, "status_period", value, actor=city.users["gov_office"],
            jurisdiction_id=city.jurisdiction.pk, reason="督办",
        )  # fmt: skip


def test_never_by_itself_without_a_setting(filed):
    project, city = filed
    status = next(spec for spec in project.pack.reports if spec.code == "status")
    assert owed_period(project.pack, status, city.jurisdiction.pk, date(2026, 4, 1), Settings([status.parameter])) is None


def test_sweeping_makes_the_duty_that_a_later_event_would_make(filed):
    project, city = filed
    sweep(date(2026, 4, 1))
    made = project.duties.get(name="interim_check")
    on(date(2026, 4, 2), record, project.pk, "applicability_opinion", OPINION, actor=city.users["gov_office"])
    assert project.duties.get(name="interim_check").pk == made.pk
    centre = User.objects.get(pk=city.users["centre"].pk)
    assert link(todo(centre).get(pk=made.pk)).endswith(f"/projects/{project.number}/records/interim_check/")


def test_the_reports_of_offices(filed, client):
    _, city = filed
    assert sweep(date(2026, 6, 30)).reports == 1  # the quarter before, of the project
    assert [sweep(date(2026, 7, 1)).reports, sweep(date(2026, 7, 2)).reports] == [3, 0]
    rows = OfficeReport.objects.order_by("who").values_list("who", "period", "due_on", "done_on")
    assert list(rows) == [("audit", "2026H1", date(2026, 7, 31), None), ("centre", "2026H1", date(2026, 7, 31), None)]
    report = OfficeReport.objects.get(who="centre")
    with pytest.raises(Forbidden):
        office_reports.made(report, actor=city.users["audit"], reference="乐电〔2026〕3号")
    with pytest.raises(Invalid):
        office_reports.made(report, actor=city.users["centre"], reference=" ")
    with clock.at(date(2026, 7, 3)):
        client.force_login(city.users["centre"])
        assert "要报送的报告" in client.get("/").content.decode()
        assert client.post(f"/deadlines/reports/{report.pk}/", {"reference": "乐电〔2026〕3号"}).status_code == 302
        assert "要报送的报告" not in client.get("/").content.decode()
    told = Notice.objects.filter(event="report").values_list("to", "text")
    assert list(told) == [(f"office:{city.jurisdiction.pk}:gov_office", "“全市情况(2026年上半年)”已报送:乐电〔2026〕3号")]
    with pytest.raises(Stale):
        office_reports.made(report, actor=city.users["centre"], reference="又一次")
    seen = {role: office_reports.seen_by(city.users[role]).count() for role in ("centre", "audit", "gov_office", "finance")}
    assert seen == {"centre": 1, "audit": 1, "gov_office": 2, "finance": 0}
    assert office_reports.seen_by(city.applicant).count() == 0


@pytest.mark.parametrize(
    "line, message",
    [
        ('from_state = "filed"\nrecord = "interim_check"\nwho = ["finance"]', "finance 不登记“interim_check”"),
        ('from_state = "filed"\nrecord = "interim_chek"\nwho = ["centre"]', "没有登记事项“interim_chek”"),
        ('from_state = "fild"\nrecord = "interim_check"\nwho = ["centre"]', "没有状态“fild”"),
        ('from_state = "filed"\nrecord = "interim_check"', "who 只写一个"),
        ('who = ["applicant"]', "要写 from_state 和 record"),
        ('who = ["centre"]\nparameter = "nix"', "没有参数“nix”"),
    ],
)
def test_a_pack_that_is_wrong_is_told_so(line, message):
    text = (loader.FOLDER / "yueqing-2015.toml").read_text(encoding="utf-8")
    report = f'\n[[report]]\ncode = "r"\nrule = "YQ-3.1-6"\nlabel = "r"\nevery = "quarter"\n{line}\n'
    assert any(message in problem for problem in problems(loader.parse(text + report)))


def test_the_number_of_queries_does_not_grow_with_the_projects(filed, django_assert_num_queries):
    project, city = filed
    Project.objects.filter(pk=project.pk).update(filed_on=date(2025, 12, 1))  # so that offices owe for 2025 already
    sweep(date(2026, 7, 1))
    with CaptureQueriesContext(connection) as one:
        assert sweep(date(2026, 10, 1)).reports == 1
    with clock.at(date(2026, 10, 2)):
        for at in range(3):
            city.project("filed", name=f"项目{at}")
    sweep(date(2027, 1, 1))
    with django_assert_num_queries(len(one)):
        assert sweep(date(2027, 4, 1)).reports == 4
    assert Duty.objects.filter(kind=Duty.EVIDENCE, name="interim_check").count() == 4
