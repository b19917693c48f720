"""Here: what an archive must name as missing: documents, evidence, exceptions, what is only ahead. Not here: the volume (reports)."""

from decimal import Decimal

from projects.completeness import gaps, moves_made
from projects.investment import CHANGE, set_investment
from projects.models import Material
from projects.transitions import perform
from projects.waivers import decide_waiver, request_waiver


def found(project) -> list[tuple[str, str, str]]:
    return [(gap.status, gap.code, gap.rule) for gap in gaps(project)]


def test_a_lawful_walk_leaves_no_gap_and_a_lifted_amount_opens_two(city):
    project = city.project("scheme_approved", "500000.00")
    ahead = ("待", "procurement_application", "YQ-3.5-3")
    assert found(project) == [ahead]
    set_investment(project, Decimal("2500000.00"), CHANGE, actor=city.users["centre"])
    project.refresh_from_db()
    assert found(project) == [
        ("缺", "design_commission", "YQ-3.4-4"), ("缺", "expert_review", "YQ-3.4-11"), ahead,
    ]  # fmt: skip
    gap = gaps(project)[1]
    assert (gap.owes, gap.before) == ("市电子政务中心", "出具技术方案审查意见(通过)")
    asked = request_waiver(project.pk, "YQ-3.4-11", actor=city.applicant, reason="省统建标准", basis="论证意见")
    decide_waiver(asked.pk, actor=city.users["centre"], grant=True)
    assert ("例外", "expert_review", "YQ-3.4-11") in found(project)


def test_a_document_that_is_gone_is_named_with_its_clause(city):
    project = city.project("filed")
    Material.objects.filter(project=project, code="feasibility").delete()
    gap = next(gap for gap in gaps(project) if gap.missing)
    assert (gap.kind, gap.name, gap.rule, gap.owes) == ("material", "可行性分析", "YQ-3.1-12", "市城市管理局")
    assert gap.clause == "乐政办发〔2015〕10号 三(一)2"


def test_a_project_that_was_given_up_owes_nothing_of_what_came_after(city):
    project = city.project("filed")
    perform(project.pk, "withdraw", actor=city.applicant, note="不再建设")
    project.refresh_from_db()
    assert (moves_made(project), [gap for gap in gaps(project) if gap.missing]) == (["file"], [])


def test_a_draft_has_made_no_move(city):
    project = city.draft()
    assert moves_made(project) == []
    assert not any(gap.missing for gap in gaps(project))
