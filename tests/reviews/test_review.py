"""Here: plan, experts, conclusion and fee of a scheme's review. Not here: handing the scheme in (test_scheme)."""

from datetime import date
from decimal import Decimal

import pytest

from organizations import clock
from organizations.models import User
from projects.errors import Closed, Forbidden, Invalid, NotOffered
from projects.models import ProjectFlag
from projects.waivers import decide_waiver, request_waiver
from reviews.baseline import approved_items, current_baseline, set_baseline
from reviews.checklist import example
from reviews.criteria import TECHNICAL
from reviews.facts import waiting_days
from reviews.models import BaselineLocked, Expert, ReviewFee
from reviews.plan import proposed_method
from tests.reviews.conftest import lines

BELOW, AT = "1999999.99", "2000000.00"
ROWS = example(TECHNICAL)


def test_no_conclusion_without_a_submitted_scheme(city, desk):
    project = city.project("budgeted")
    desk.record(project, "scheme", by="applicant")
    assert desk.refused(desk.record, project, "scheme_opinion") == ["YQ-3.4-1"]
    assert desk.reason(desk.record, project, "scheme_opinion") == "无可评审版本:申报单位尚未送审技术方案。"


def test_no_conclusion_without_a_plan(city, desk):
    project = city.project("scheme_filed")
    assert desk.refused(desk.record, project, "scheme_opinion") == ["YQ-3.4-8"]
    desk.record(project, "review_plan")
    desk.record(project, "scheme_opinion")
    assert desk.do(project, "approve_scheme") == "scheme_approved"


@pytest.mark.parametrize(("amount", "method"), [(BELOW, "中心评审"), (AT, "专家评审"), ("2000000.01", "专家评审")])
def test_the_method_is_proposed_from_the_packs_figure(city, desk, amount, method):
    project = city.project("scheme_filed", amount)
    assert proposed_method(project) == method
    plan = desk.record(project, "review_plan", method="中心评审")
    assert (plan.proposed_method, plan.investment) == (method, Decimal(amount))
    assert plan.investment_source == project.investment_source


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({"item": "4a", "conclusion": ""}, ["YQ-1.2-9"]),
        ({"item": "4b", "conclusion": ""}, ["YQ-1.2-10"]),
        ({"item": "4b", "basis": ""}, ["YQ-1.2-10"]),
        ({"item": "4c", "conclusion": ""}, ["YQ-1.2-10"]),
        ({"item": "4c", "basis": ""}, ["YQ-1.2-10"]),
    ],
)
def test_the_technical_items_need_conclusions_and_standards(city, desk, changes, rules):
    project = city.project("scheme_filed")
    desk.record(project, "review_plan")
    assert desk.refused(desk.record, project, "scheme_opinion", checklist=lines(ROWS, **changes)) == rules


def test_items_of_the_other_review_do_not_belong_here(city, desk):
    project = city.project("scheme_filed")
    with pytest.raises(Invalid) as error:
        desk.record(project, "scheme_opinion", checklist=[*ROWS, {"item": "5", "conclusion": "符合"}])
    assert list(error.value.errors) == ["checklist"]


def test_passing_lists_what_may_be_procured(city, desk):
    project = city.project("scheme_filed")
    desk.record(project, "review_plan")
    assert desk.refused(desk.record, project, "scheme_opinion", approved=[]) == ["YQ-3.4-10"]
    desk.record(project, "scheme_opinion", approved=[], conclusion="修改后再审")
    assert desk.refused(desk.do, project, "approve_scheme") == ["YQ-3.4-10"]


@pytest.mark.parametrize("conclusion", ["未通过", "修改后再审"])
def test_a_scheme_sent_back_needs_a_new_version_before_it_comes_again(city, desk, conclusion):
    project = city.project("scheme_filed")
    desk.record(project, "review_plan")
    assert desk.refused(desk.do, project, "return_scheme") == ["YQ-3.4-10"]
    desk.record(project, "scheme_opinion", conclusion=conclusion)
    assert desk.do(project, "return_scheme") == "budgeted"
    assert desk.refused(desk.do, project, "submit_scheme", by="applicant") == ["YQ-3.4-1"]
    desk.record(project, "scheme", by="applicant")
    assert desk.do(project, "submit_scheme", by="applicant") == "scheme_filed"
    assert desk.refused(desk.do, project, "approve_scheme") == ["YQ-3.4-8", "YQ-3.4-10"]


def test_a_version_uploaded_after_the_opinion_is_not_covered_by_it(city, desk):
    project = city.project("scheme_filed")
    desk.record(project, "review_plan")
    opinion = desk.record(project, "scheme_opinion")
    assert opinion.scheme_version == 1
    desk.record(project, "scheme", by="applicant")
    assert desk.refused(desk.do, project, "approve_scheme") == ["YQ-3.4-10"]


def test_a_failed_scheme_may_be_rejected(city, desk):
    project = city.project("scheme_filed")
    assert desk.refused(desk.do, project, "reject") == ["YQ-3.2-3"]
    desk.record(project, "review_plan")
    desk.record(project, "scheme_opinion", conclusion="未通过")
    assert desk.do(project, "reject") == "rejected"


def concluded(city, desk, amount):
    project = city.project("scheme_filed", amount)
    desk.record(project, "review_plan")
    desk.record(project, "scheme_opinion")
    return project


def test_below_the_line_no_experts_are_needed(city, desk):
    assert desk.do(concluded(city, desk, BELOW), "approve_scheme") == "scheme_approved"


def test_at_the_line_experts_are_needed(city, desk):
    project = concluded(city, desk, AT)
    assert desk.refused(desk.do, project, "approve_scheme") == ["YQ-3.4-11"]
    desk.record(project, "expert_review", experts=[])
    assert desk.refused(desk.do, project, "approve_scheme") == ["YQ-3.4-11"]
    desk.record(project, "expert_review", experts="张甲、李乙\n王丙、张甲")
    assert desk.do(project, "approve_scheme") == "scheme_approved"


def test_only_the_centre_may_do_without_experts_and_not_the_person_who_asked(city, desk):
    project = concluded(city, desk, AT)
    waiver = request_waiver(
        project.pk, "YQ-3.4-11", actor=city.applicant, reason="沿用已评审的省级统建方案", basis="省厅统建通知"
    )
    for role in ("finance", "gov_office"):
        with pytest.raises(Forbidden):
            decide_waiver(waiver.pk, actor=city.users[role], grant=True)
    decide_waiver(waiver.pk, actor=city.users["centre"], grant=True)
    assert desk.do(project, "approve_scheme") == "scheme_approved"
    passage = project.passages.get(move="approve_scheme")
    assert [(each["rule"], each["reason"]) for each in passage.waivers] == [("YQ-3.4-11", "沿用已评审的省级统建方案")]


def test_experts_who_conclude_otherwise_are_pointed_out(city, desk):
    project = concluded(city, desk, AT)
    desk.record(project, "expert_review", conclusion="修改后再审")
    assert desk.do(project, "approve_scheme") == "scheme_approved"
    verdicts = {each["rule"]: each for each in project.passages.get(move="approve_scheme").verdicts}
    assert (verdicts["YQ-3.4-11"]["outcome"], verdicts["YQ-3.4-11"]["blocks"]) == ("flags", False)


def test_an_expert_of_the_owning_unit_is_flagged_until_replaced(city, desk):
    Expert.objects.create(jurisdiction=city.jurisdiction, name="赵丁", employer="市城市管理局")
    Expert.objects.create(jurisdiction=city.jurisdiction, name="钱戊", employer="市教育局")
    User.objects.create_user(username="sun", password="x", organization=city.unit, display_name="孙己")
    project = city.project("scheme_filed", AT)
    assert desk.flags(project, "expert_review", experts=["钱戊"]) == []
    assert desk.flags(project, "expert_review", experts=["钱戊", "赵丁", "孙己"]) == ["YQ-3.4-18"]
    flag = ProjectFlag.objects.get(project=project, rule="YQ-3.4-18", cleared_on=None)
    assert flag.reason == "专家 赵丁、孙己 属于申报单位,请核对是否需要回避。"
    desk.record(project, "expert_review", experts=["钱戊"])
    assert not ProjectFlag.objects.filter(project=project, rule="YQ-3.4-18", cleared_on=None).exists()


@pytest.mark.parametrize("name", ["review_plan", "expert_review", "scheme_opinion"])
def test_the_owning_unit_cannot_lead_the_review(city, desk, name):
    with pytest.raises(Forbidden) as error:
        desk.record(city.project("scheme_filed"), name, by="applicant")
    assert error.value.extra == {"roles": ["centre"], "rule": "YQ-3.4-18"}


def test_names_are_names(city, desk):
    with pytest.raises(Invalid) as error:
        desk.record(city.project("scheme_filed"), "expert_review", experts=[1, 2])
    assert list(error.value.errors) == ["experts"]


@pytest.mark.parametrize("payer", ["电子政务中心", "财政局", "项目预算", "其他"])
def test_the_fee_is_the_units(city, desk, payer):
    project = city.project("scheme_filed", AT)
    assert desk.refused(desk.record, project, "review_fee", by="applicant", payer=payer) == ["YQ-3.4-12"]
    assert desk.reason(desk.record, project, "review_fee", by="applicant", payer=payer) == (
        f"评审费应由申报单位支付,不能由“{payer}”支付。"
    )
    desk.record(project, "review_fee", by="applicant")
    assert ReviewFee.objects.values_list("payer", "amount").get() == ("申报单位", Decimal("6000.00"))


def test_procurement_waits_for_a_passed_review(city, desk):
    project = city.project("scheme_approved")
    verdicts = {verdict.rule: verdict for verdict in _verdicts(project, "apply_procurement")}
    assert not verdicts["YQ-3.4-2"].blocks and not verdicts["YQ-3.5-1"].blocks
    waiting = city.project("scheme_filed", name="档案数字化")
    verdicts = {verdict.rule: verdict for verdict in _verdicts(waiting, "apply_procurement")}
    assert verdicts["YQ-3.4-2"].blocks and verdicts["YQ-3.5-1"].blocks
    with pytest.raises(NotOffered):
        desk.do(waiting, "apply_procurement", by="applicant")


def _verdicts(project, move):
    from projects.judgement import judge

    return judge(project, move)


def test_the_approved_items_are_frozen_as_the_baseline(city, desk):
    project = city.project("scheme_filed")
    assert approved_items(project) == [] and current_baseline(project) is None
    desk.record(project, "review_plan")
    item = {
        "name": "应用服务器",
        "specification": "2路",
        "quantity": "2",
        "unit": "台",
        "is_equipment": True,
        "amount": "80000",
    }
    desk.record(project, "scheme_opinion", approved=[item])
    desk.do(project, "approve_scheme")
    (approved,) = approved_items(project)
    assert (approved.name, approved.quantity, approved.is_equipment, approved.amount) == (
        "应用服务器", Decimal("2.00"), True, Decimal("80000.00"),
    )  # fmt: skip
    assert current_baseline(project).source == "技术方案审查意见(第1版方案)"
    with pytest.raises(BaselineLocked):
        approved.save()
    with pytest.raises(BaselineLocked):
        current_baseline(project).delete()
    with pytest.raises(Closed):
        desk.record(project, "scheme_opinion")


def test_a_new_baseline_leaves_the_old_one_on_file(city):
    project = city.project("scheme_approved")
    before = [item.name for item in approved_items(project)]
    item = {
        "name": "增加的模块",
        "quantity": Decimal("1"),
        "unit": "项",
        "is_equipment": False,
        "amount": Decimal("10"),
    }
    assert set_baseline(project, [item], "批准变更").version == 2
    assert [each.name for each in approved_items(project)] == ["增加的模块"]
    assert [each.name for each in project.baselines.get(version=1).items.all()] == before


def test_waiting_days_are_counted_from_the_submission(city):
    project = city.project("scheme_filed")
    assert waiting_days(project) == 0
    with clock.at(date(2026, 3, 14)):
        assert waiting_days(project) == 12
    assert waiting_days(city.project("budgeted", name="档案数字化")) is None
