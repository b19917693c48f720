"""Who has to do what: routed by the book, recomputed with every event."""

from datetime import date

import pytest

from desk import duties
from desk.duties import Wanted, asked_before, duty, refresh
from desk.holder import holder
from desk.models import Duty
from desk.scenarios import inbox
from egov_projects.walk import submit
from organizations import clock
from projects.models import Project
from projects.transitions import perform
from projects.waivers import decide_waiver, request_waiver

OFFICES = ["gov_office", "finance", "planning", "tender", "audit"]


def todo(city, project, role):
    return inbox(city.users[role], project)


def test_a_draft_is_one_task_of_its_unit_and_nobody_elses(city):
    project = city.draft()
    assert todo(city, project, "applicant") == todo(city, project, "sibling") == ["file"]
    assert [todo(city, project, role) for role in [*OFFICES, "centre", "other"]] == [[]] * 7


def test_a_filed_project_lies_with_the_centre_and_in_no_other_queue(city):
    """YQ-3.1-6: 待受理 of the centre; 财政局's queue does not contain it."""
    project = city.project("filed")
    assert todo(city, project, "centre") == ["filing_receipt"]
    assert [todo(city, project, role) for role in [*OFFICES, "applicant", "other"]] == [[]] * 7
    assert holder(project) == "市电子政务中心(受理登记)"


def test_the_next_task_follows_when_one_is_done(city):
    project = city.project("filed")
    city.walker().prepare(project, "endorse")
    assert todo(city, project, "centre") == ["endorse"]
    city.walker().step(project)
    assert todo(city, project, "centre") == []


def test_a_returned_filing_lies_with_the_unit_again(city):
    project = city.project("filed")
    city.walker().prepare(project, "return_filing")
    perform(project.pk, "return_filing", actor=city.users["centre"], note="请补正")
    assert (todo(city, project, "centre"), todo(city, project, "applicant")) == ([], ["file"])


def test_a_duty_keeps_the_day_it_arrived(city):
    project = city.project("filed")
    with clock.at(date(2026, 3, 9)):
        refresh(project)
        assert Duty.objects.get(project=project).since == date(2026, 3, 2)


@pytest.mark.parametrize("move, role", [("withdraw", "applicant"), ("terminate", "gov_office")])
def test_a_closed_project_leaves_nothing_to_do(city, move, role):
    project = city.project("filed")
    perform(project.pk, move, actor=city.users[role], note="不再办理")
    assert not Duty.objects.filter(project=project).exists()
    assert holder(Project.objects.get(pk=project.pk)) in ("已撤回", "已终止")


def test_a_procurement_application_lies_with_finance(city):
    """YQ-2.1-4: 财政局 receives each application and decides on it."""
    project = city.project("procuring")
    assert todo(city, project, "finance") == ["procurement_decision"]
    assert todo(city, project, "applicant") == [], "the contract waits for the decision"
    city.walker().record(project, "procurement_decision")
    assert "procurement_decision" not in todo(city, project, "finance")


def test_a_pending_exception_lies_with_the_office_that_may_grant_it(city):
    project = city.project("filed")
    rule = next(rule for rule in project.pack.rules if rule.waivable_by)
    waiver = request_waiver(project.pk, rule.id, actor=city.applicant, reason="急需", basis="会议纪要")
    assert rule.id in todo(city, project, rule.waivable_by[0])
    decide_waiver(waiver.pk, actor=city.users[rule.waivable_by[0]], grant=False)
    assert rule.id not in todo(city, project, rule.waivable_by[0])


def test_a_room_registers_a_task_outside_the_next_move(city, monkeypatch):
    monkeypatch.setattr(duties, "_tasks", {})

    @duty("asset_check", label="资产核对", role="finance")
    def due(project) -> bool:
        return project.state == "filed"

    project = city.project("filed", name="资产平台")
    assert todo(city, project, "finance") == ["asset_check"]
    assert holder(project) == "市电子政务中心(受理登记);市财政局(资产核对)"
    perform(project.pk, "recall", actor=city.applicant)
    assert todo(city, project, "finance") == []
    with pytest.raises(ValueError, match="registered twice"):
        duty("asset_check", label="资产核对", role="finance")(due)


def test_what_another_record_asks_for_comes_first(city):
    project = city.project("filed")
    assert "filing_receipt" in asked_before(project.pack, "preliminary_opinion")
    names = [Wanted("centre", Duty.EVIDENCE, name, name) for name in ("preliminary_opinion", "filing_receipt")]
    assert [each.name for each in duties._ready(names, project.pack)] == ["filing_receipt"]


def test_a_refused_act_changes_no_duty(city):
    project = city.project("filed")
    before = list(Duty.objects.values_list("pk", flat=True))
    with pytest.raises(Exception, match="暂不能办理"):
        perform(project.pk, "endorse", actor=city.users["centre"])
    assert list(Duty.objects.values_list("pk", flat=True)) == before


def test_storing_duties_costs_few_queries_besides_judging(city, django_assert_max_num_queries):
    draft = city.draft()
    with django_assert_max_num_queries(3):
        refresh(draft)
    submit(draft, "filing", {"name": "改名", "kind": "新建", "origin": "年度申报"}, actor=city.applicant)
    assert Duty.objects.count() == 1
