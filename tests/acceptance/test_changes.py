"""Here: which changes the report holds and who must sign. Not here: when a move is refused for it (scenarios)."""

from datetime import date, timedelta

import pytest

from acceptance import changes
from acceptance.models import ReportedChange
from organizations import clock
from projects.errors import Closed, Invalid
from projects.evidence import void
from projects.models import ProjectFlag

APPROVED, DECLARED, REFUSED = ReportedChange.APPROVED, ReportedChange.DECLARED, ReportedChange.REFUSED


def decide(walker, project, title: str, **decision) -> None:
    """A change asked for, reviewed and decided."""
    walker.record(project, "change_request", {"title": title})
    walker.record(project, "change_review")
    walker.record(project, "change_decision", decision)


def entries(report) -> list[tuple]:
    """The report's rows as plain data."""
    return list(report.changes.values_list("position", "kind", "reference", "title", "changed_on"))


@pytest.fixture
def project(city):
    """In its trial run, with two approved changes and a refused one."""
    project, walker = city.project("trial"), city.walker()
    decide(walker, project, "调整一")
    decide(walker, project, "调整二", outcome="不批准", reason="没有必要")
    decide(walker, project, "调整三")
    return project


def test_report_lists_approved_then_declared_then_refused_apart(city, project):
    declared = {"title": "增加短信提醒", "changed_on": "2026-02-20", "reason": "业务急需"}
    report, _ = city.walker().record(project, "change_report", {"declared": [declared]})
    assert entries(report) == [
        (0, APPROVED, "1", "调整一", date(2026, 3, 2)),
        (1, APPROVED, "3", "调整三", date(2026, 3, 2)),
        (2, DECLARED, "", "增加短信提醒", date(2026, 2, 20)),
        (3, REFUSED, "2", "调整二", date(2026, 3, 2)),
    ]
    assert not report.no_changes
    assert [change.title for change in changes.reported(project)] == ["调整一", "调整三", "增加短信提醒"]
    with pytest.raises(Closed):
        void(project.pk, "change_report", report.pk, actor=city.applicant, reason="重写")


def test_a_later_report_keeps_declarations_and_takes_new_approvals_in(city, project):
    walker = city.walker()
    walker.record(project, "change_report", {"declared": [{"title": "增加短信提醒"}]})
    decide(walker, project, "调整四")
    assert changes.unreported(project) == ["调整四"]
    report, _ = walker.record(project, "change_report", {"declared": []})
    assert [row[3] for row in entries(report)] == ["调整一", "调整三", "调整四", "增加短信提醒", "调整二"]
    assert changes.unreported(project) == []


def test_every_member_signs_every_change_and_signatures_survive_a_new_report(city, project):
    walker = city.walker()
    walker.record(project, "change_report")
    walker.walk_to(project, "accepting")
    assert changes.unsigned(project) == ["变更1 王组长", "变更1 李专家", "变更2 王组长", "变更2 李专家"]
    signatures = [
        {"change": 1, "member": "王组长", "decision": "认可"},
        {"change": 1, "member": "李专家", "decision": "不认可"},
        {"change": 2, "member": "王组长", "decision": "认可"},
    ]
    walker.record(project, "change_recognition", {"signatures": signatures})
    walker.record(project, "change_report")
    assert changes.unsigned(project) == ["变更2 李专家"]
    assert changes.refused(project) == ["变更1 李专家"]
    walker.record(project, "acceptance_plan", {"panel": [{"name": "王组长", "organization": "另一单位"}]})
    assert changes.unsigned(project) == ["变更1 王组长", "变更2 王组长"]
    with pytest.raises(Invalid) as error:
        walker.record(project, "change_recognition", {"signatures": [{"change": 4, "member": "甲", "decision": "认可"}]})
    assert [one["message"] for one in error.value.errors["signatures"]] == [
        "第1行 变更情况报告中没有序号4。", "第1行 “甲”不在验收组名单中。",
    ]  # fmt: skip


def test_a_change_approved_after_the_test_is_pointed_out(city, project):
    walker = city.walker()
    walker.record(project, "third_party_test")
    flags = ProjectFlag.objects.filter(project=project, cleared_on=None)
    assert list(flags) == []
    with clock.at(clock.today() + timedelta(days=1)):
        decide(walker, project, "调整四")
        assert [(flag.rule, flag.reason) for flag in flags.all()] == [
            ("YQ-3.7-3", "第三方检测之后又批准了变更(调整四),请确认检测是否需要补做。")
        ]
        walker.record(project, "third_party_test")
        assert list(flags.all()) == []
