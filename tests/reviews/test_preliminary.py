"""Here: 受理, 一次性告知 and 预审意见 through the door. Not here: duplicates (test_duplicates)."""

from datetime import date
from decimal import Decimal

import pytest

from organizations import clock
from projects.errors import Forbidden, Invalid
from projects.models import ProjectFlag
from reviews import batch
from reviews.checklist import beside, example, principles
from reviews.criteria import ITEMS
from reviews.models import Defect
from tests.reviews.conftest import lines

ROWS = example(ITEMS)


@pytest.fixture
def accepted(city, desk):
    """A filing taken in by the centre."""
    project = city.project("filed")
    desk.record(project, "filing_receipt")
    return project


def test_agreeing_needs_a_receipt_first(city, desk):
    project = city.project("filed")
    assert desk.refused(desk.record, project, "preliminary_opinion") == ["YQ-3.2-3"]
    desk.record(project, "filing_receipt", outcome="不予受理")
    assert desk.refused(desk.record, project, "preliminary_opinion") == ["YQ-3.2-3"]
    assert desk.do(project, "reject") == "rejected"


def test_endorsing_needs_an_opinion_that_agrees(accepted, desk):
    assert desk.refused(desk.do, accepted, "endorse") == ["YQ-3.2-3"]
    desk.record(accepted, "preliminary_opinion", opinion="退回补正")
    assert desk.refused(desk.do, accepted, "endorse") == ["YQ-3.2-3"]
    desk.record(accepted, "preliminary_opinion")
    assert desk.do(accepted, "endorse") == "endorsed"


@pytest.mark.parametrize("role", ["gov_office", "finance", "applicant"])
def test_only_the_centre_gives_the_opinion(accepted, desk, role):
    with pytest.raises(Forbidden) as error:
        desk.record(accepted, "preliminary_opinion", by=role)
    assert error.value.extra == {"roles": ["centre"], "rule": "YQ-3.2-1"}
    assert "市电子政务中心" in error.value.detail


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({"item": "1a", "conclusion": ""}, ["YQ-1.2-2", "YQ-1.2-12"]),
        ({"item": "1a", "basis": ""}, ["YQ-1.2-2"]),
        ({"item": "1b", "conclusion": ""}, ["YQ-1.2-3", "YQ-1.2-12"]),
        ({"item": "1b", "remark": ""}, ["YQ-1.2-3"]),
        ({"item": "2a", "conclusion": ""}, ["YQ-1.2-4", "YQ-1.2-12"]),
        ({"item": "2a", "remark": ""}, ["YQ-1.2-4"]),
        ({"item": "2b", "conclusion": ""}, ["YQ-1.2-12"]),
        ({"item": "3a", "conclusion": ""}, ["YQ-1.2-12"]),
        ({"item": "3b", "conclusion": ""}, ["YQ-1.2-12"]),
        ({"item": "3c", "conclusion": ""}, ["YQ-1.2-12"]),
        ({"item": "4a", "conclusion": ""}, ["YQ-1.2-9", "YQ-1.2-12"]),
        ({"item": "4b", "conclusion": ""}, ["YQ-1.2-10", "YQ-1.2-12"]),
        ({"item": "4b", "basis": ""}, ["YQ-1.2-10"]),
        ({"item": "4c", "conclusion": ""}, ["YQ-1.2-10", "YQ-1.2-12"]),
        ({"item": "4c", "basis": ""}, ["YQ-1.2-10"]),
        ({"item": "5", "conclusion": ""}, ["YQ-1.2-12"]),
        ({"item": "5", "conclusion": "不适用", "remark": ""}, ["YQ-1.2-12"]),
        ({"item": "2a", "conclusion": "不符合"}, ["YQ-1.2-12"]),
    ],
)
def test_each_sub_item_needs_its_conclusion(accepted, desk, changes, rules):
    rows = lines(ROWS, **changes)
    assert desk.refused(desk.record, accepted, "preliminary_opinion", checklist=rows) == rules


def test_a_missing_row_is_named(accepted, desk):
    rows = [row for row in ROWS if row["item"] not in ("2b", "5")]
    assert desk.reason(desk.record, accepted, "preliminary_opinion", checklist=rows) == "以下审核项还没有结论:2b、5。"


@pytest.mark.parametrize(
    "changes",
    [
        {"item": "1a", "conclusion": "不适用", "basis": "", "remark": "应急项目,规划未涉及"},
        {"item": "5", "conclusion": "不适用", "remark": "不涉及资金"},
    ],
)
def test_not_applicable_with_a_reason_is_enough(accepted, desk, changes):
    desk.record(accepted, "preliminary_opinion", checklist=lines(ROWS, **changes))
    assert desk.do(accepted, "endorse") == "endorsed"


def test_unmet_with_a_reason_may_be_agreed_to_and_disagreed_without(accepted, desk):
    rows = lines(ROWS, item="2a", conclusion="不符合")
    desk.record(accepted, "preliminary_opinion", checklist=rows, opinion="不同意")
    desk.record(accepted, "preliminary_opinion", checklist=rows, reason_despite="上级部署")
    assert desk.do(accepted, "endorse") == "endorsed"


def test_an_item_stands_once_and_belongs_to_the_list(accepted, desk):
    with pytest.raises(Invalid) as error:
        desk.record(accepted, "preliminary_opinion", checklist=[*ROWS, ROWS[0]])
    assert error.value.errors["checklist"][0]["message"] == "审核项 1a 填了不止一次。"


def test_nobody_signs_ahead(accepted, desk):
    with pytest.raises(Invalid) as error:
        desk.record(accepted, "preliminary_opinion", signed_on="2026-03-03")
    assert list(error.value.errors) == ["signed_on"]


def test_the_batch_as_it_stood_is_kept_with_the_opinion(city, accepted, desk):
    city.project("filed", "300000.00", name="档案数字化")
    opinion = desk.record(accepted, "preliminary_opinion")
    city.project("filed", "200000.00", name="视频会议室")
    opinion.refresh_from_db()
    assert (opinion.batch_projects, opinion.batch_total, opinion.batch_candidates) == (2, Decimal("800000.00"), 0)
    assert [(row["unit"], row["declared_total"], row["duplicates"]) for row in batch.overview(accepted)] == [
        ("市城市管理局", Decimal("500000.00"), 0),
        ("市城市管理局", Decimal("300000.00"), 0),
        ("市城市管理局", Decimal("200000.00"), 0),
    ]


def test_accepted_without_opinion_is_listed_and_flagged_until_there_is_one(city, desk):
    from projects.models import Project

    project = city.project("filed")
    assert list(batch.without_opinion(Project.objects.all())) == []
    desk.record(project, "filing_receipt")
    assert list(batch.without_opinion(Project.objects.all())) == [project]
    assert ProjectFlag.objects.filter(rule="YQ-3.2-3", cleared_on=None).count() == 1
    desk.record(project, "preliminary_opinion")
    assert list(batch.without_opinion(Project.objects.all())) == []
    assert ProjectFlag.objects.filter(rule="YQ-3.2-3", cleared_on=None).count() == 0


def test_a_new_filing_needs_a_new_receipt_and_a_new_opinion(accepted, desk):
    desk.record(accepted, "preliminary_opinion")
    desk.record(accepted, "return_letter")
    desk.do(accepted, "return_filing")
    desk.answer(accepted)
    desk.do(accepted, "file", by="applicant")
    assert desk.refused(desk.record, accepted, "preliminary_opinion") == ["YQ-3.2-3"]
    desk.record(accepted, "filing_receipt")
    assert desk.refused(desk.do, accepted, "endorse") == ["YQ-3.2-3"]


def test_a_return_goes_with_a_letter_that_numbers_the_defects(city, desk):
    project = city.project("filed")
    assert desk.refused(desk.do, project, "return_filing") == ["YQ-3.2-3"]
    defects = [
        {"clause": "YQ-1.2-5", "content": "目标不清楚"},
        {"clause": "YQ-1.2-11", "content": "明细不足"},
    ]
    letter = desk.record(project, "return_letter", defects=defects)
    assert [(each.number, each.clause) for each in letter.defects.all()] == [(1, "YQ-1.2-5"), (2, "YQ-1.2-11")]
    assert desk.do(project, "return_filing") == "draft"


def test_a_second_letter_raises_new_clauses_only_with_a_reason(city, desk):
    project = city.project("filed")
    desk.record(project, "return_letter", defects=[{"clause": "YQ-1.2-5", "content": "目标不清楚"}])
    desk.do(project, "return_filing")
    desk.answer(project)
    desk.do(project, "file", by="applicant")
    again = {"clause": "YQ-1.2-5", "content": "目标仍不清楚"}
    new = {"clause": "YQ-1.2-6", "content": "补充共享需求"}
    with pytest.raises(Invalid) as error:
        desk.record(project, "return_letter", defects=[again, new])
    assert [each["message"] for each in error.value.errors["defects"]] == [
        "第2行 前次告知未提出“YQ-1.2-6”,请写明理由。"
    ]
    desk.record(project, "return_letter", defects=[again, new | {"late_reason": "申报内容已调整"}])
    assert Defect.objects.count() == 3


def test_a_letter_cites_clauses_that_exist(city, desk):
    with pytest.raises(Invalid) as error:
        desk.record(city.project("filed"), "return_letter", defects=[{"clause": "YQ-9.9-9", "content": "x"}])
    assert list(error.value.errors) == ["defects"]


def test_rejecting_needs_an_opinion_that_refuses(accepted, desk):
    assert desk.refused(desk.do, accepted, "reject") == ["YQ-3.2-3"]
    desk.record(accepted, "preliminary_opinion", opinion="不同意")
    assert desk.do(accepted, "reject") == "rejected"


def test_the_principles_head_the_form_and_the_filing_stands_beside_the_items(city, accepted):
    assert [each for each in principles(accepted.pack) if each.startswith("一(二) ")]
    shown = beside(accepted)
    assert shown["2b"] == [
        "建设目标(运维目标):业务全程网上办理,群众少跑腿。",
        "业务需求:年办件约十二万件,现有系统不能满足。",
    ]
    assert shown["5"] == ["申报概算 500,000.00 元,明细 2 行"]


def test_own_built_lines_without_reason_show_beside_item_3b(city):
    line = {
        "name": "应用服务器",
        "type": "服务器",
        "unit": "台",
        "quantity": "1",
        "unit_price": "500000",
        "amount": "500000",
    }
    project = city.project("filed", estimate=[line])
    assert beside(project)["3b"][1] == "未说明为何不用公共设施:应用服务器"


def test_a_declared_lack_of_sharing_shows_its_reason(city):
    project = city.project("filed", shared_data_needed="", shared_data_offered="", no_sharing_reason="内部管理专用")
    assert beside(project)["3a"] == ["声明无共享需求,理由:内部管理专用"]


def test_the_opinion_is_dated_by_the_city_clock(accepted, desk):
    with clock.at(date(2026, 3, 9)):
        opinion = desk.record(accepted, "preliminary_opinion")
    assert (opinion.recorded_on, opinion.signed_on) == (date(2026, 3, 9), date(2026, 3, 9))
