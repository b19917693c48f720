"""Papers of 受理, 预审 and 评审, as they read."""

from datetime import date

import pytest

from projects.transitions import perform
from tests.reading import annexes, below, headings, items, paras, tables, to_sign, write

HOSTILE = "<b onclick=x>{{ 7*7 }}</b>"
DEFECTS = [
    {"clause": "YQ-1.2-5", "part": "objective", "content": "目标没有量化", "expected": "写明可以核对的指标。"},
    {"clause": "YQ-1.2-11", "part": "estimate", "content": "概算过于笼统;", "expected": ""},
    {"clause": "YQ-3.1-14", "part": "", "content": HOSTILE, "expected": "按清单提交"},
]


def filed_with(city, name, **fields):
    """The record and its project, filed and paid for by 600,000.00."""
    project = city.project("filed", "600000.00")
    return city.walker().record(project, name, fields)[0]


def test_receipt_says_that_it_was_taken_in(city):
    content = write("receipt_notice", filed_with(city, "filing_receipt", remark="请补报纸质件"))
    assert (content.title, content.to) == ("关于受理智慧城管平台项目申报的通知", "市城市管理局")
    assert content.on == date(2026, 3, 2)
    assert "（项目编号：YQ-2026-0001）" in paras(content)[0]
    assert "申报概算600,000.00元（大写：陆拾万元整）" in paras(content)[0]
    assert "10号）三（二）、二（一）的规定，经核对，决定予以受理" in paras(content)[1]
    assert "请补报纸质件。" in paras(content)


def test_declining_gives_the_reason_or_says_that_there_is_none(city):
    receipt = filed_with(city, "filing_receipt", outcome="不予受理", remark="没有例外证明")
    content = write("receipt_notice", receipt)
    assert content.title == "关于不予受理智慧城管平台项目申报的通知"
    assert paras(content)[2] == "没有例外证明。"
    receipt.remark = ""
    assert paras(write("receipt_notice", receipt))[2] == "未填。"


def test_correction_numbers_every_defect_with_its_clause(city):
    letter = filed_with(city, "return_letter", defects=DEFECTS, text="", reply_by="2026-03-20")
    content = write("correction_notice", letter)
    assert content.title == "关于补正智慧城管平台项目申报材料的通知"
    assert "尚有3项需要补正，现一次性告知如下：" in paras(content)[0]
    assert items(content) == [
        "“建设目标（运维目标）”：目标没有量化。补正要求：写明可以核对的指标。（依据：乐政办发〔2015〕10号一（二）2）",
        "“概算明细”：概算过于笼统。（依据：乐政办发〔2015〕10号一（二）5）",
        f"{HOSTILE}。补正要求：按清单提交。（依据：乐政办发〔2015〕10号三（一）3）",
    ]
    assert paras(content)[1].startswith("请于2026年3月20日前逐项补正")


def test_correction_without_a_day_asks_for_it_soon(city):
    letter = filed_with(city, "return_letter", defects=DEFECTS[:1])
    assert paras(write("correction_notice", letter))[1].startswith("请及时逐项补正")


def test_rejection_gives_the_note_as_its_reason(city):
    project = city.project("filed", "600000.00")
    city.walker().record(project, "preliminary_opinion", {"opinion": "不同意", "text": "与公共平台重叠"})
    city.walker().prepare(project, "reject")
    passage = perform(project.pk, "reject", actor=city.users["centre"], note="与公共平台重叠")
    content = write("rejection_notice", passage)
    assert content.title == "关于智慧城管平台项目不予通过预审的通知"
    assert paras(content)[1] == "与公共平台重叠。"


def test_preliminary_opinion_goes_through_the_checklist(city):
    project = city.project("endorsed", "600000.00")
    content = write("preliminary_opinion", _current(project, "preliminary_opinion"))
    assert (content.title, content.on) == ("关于智慧城管平台项目的预审意见", date(2026, 3, 2))
    assert headings(content) == ["项目概况", "审核情况", "预审结论"]
    rows = tables(content)[0].rows
    assert len(rows) == 11
    assert rows[0][1:3] == ("与国家、省、温州的电子政务中长期规划相衔接", "一（二）1")
    assert rows[0][3:] == (
        "符合", "依据温州市电子政务发展规划。经审核，与国家、省、温州的电子政务中长期规划相衔接。",
    )  # fmt: skip
    assert rows[-1][1:3] == ("资金预算编制详细、合理", "一（二）5")
    assert "同批申报项目共1个，申报总额600,000.00元，其中疑似重复0对。" in below(content, "审核情况")[0]
    assert below(content, "预审结论") == [
        "同意该项目通过预审，进入预算安排程序。", "经对照审核标准，同意列入预算安排范围。",
    ]  # fmt: skip


def test_agreeing_despite_an_unmet_item_prints_why(city):
    project = city.project("filed")
    example = (
        city.walker()
        .record(project, "preliminary_opinion")[0]
        .checklist.values("item", "conclusion", "basis", "remark")
    )
    lines = [dict(each) for each in example]
    lines[0] = lines[0] | {"conclusion": "不符合", "remark": "规划未列"}
    fields = {"checklist": lines, "reason_despite": "上级已经批复"}
    opinion = city.walker().record(project, "preliminary_opinion", fields)[0]
    content = write("preliminary_opinion", opinion)
    assert tables(content)[0].rows[0][3:] == ("不符合", "依据温州市电子政务发展规划。规划未列。")
    assert below(content, "预审结论")[-2:] == ["存在不符合的审核项而仍予同意，理由如下：", "上级已经批复。"]


def test_scheme_opinion_annexes_the_approved_items(city):
    project = city.project("scheme_approved", "2600000.00")
    content = write("scheme_opinion", _current(project, "scheme_opinion"))
    assert content.title == "关于智慧城管平台项目技术方案的审查意见"
    assert "技术方案（第1版，编制单位：浙江甬江工程咨询有限公司）收悉" in paras(content)[0]
    assert [row[3] for row in tables(content)[0].rows] == ["符合"] * 3
    assert below(content, "审查结论")[0] == "该技术方案通过审查。"
    assert annexes(content) == ["核准采购内容清单"] == list(content.annexed)
    assert tables(content)[1].rows[-1] == ("", "合计", "—", "—", "—", "—", "2,600,000.00")
    assert paras(content)[-1] == "共2项，合计2,600,000.00元（大写：贰佰陆拾万元整）。"


def test_scheme_that_must_be_revised_has_no_annex_and_goes_back(city):
    project = city.project("scheme_filed")
    for step in ("review_plan", "scheme_opinion"):
        fields = {"conclusion": "修改后再审", "text": HOSTILE, "approved": []} if step == "scheme_opinion" else {}
        record = city.walker().record(project, step, fields)[0]
    content = write("scheme_opinion", record)
    assert below(content, "审查结论") == ["该技术方案应修改后重新送审。", f"{HOSTILE}。"]
    assert annexes(content) == []
    passage = perform(project.pk, "return_scheme", actor=city.users["centre"], note="补充接口设计\n补充部署图")
    content = write("scheme_return", passage)
    assert content.title == "关于退回修改智慧城管平台项目技术方案的通知"
    assert paras(content)[1:3] == ["补充接口设计。", "补充部署图。"]


def test_experts_sign_in_a_table(city):
    project = city.project("scheme_approved", "2600000.00")
    content = write("expert_review", _current(project, "expert_review"))
    assert (content.title, content.to) == ("智慧城管平台项目技术方案专家评审意见", "")
    assert "专家组由3人组成。" in paras(content)[0]
    assert to_sign(content) == [
        (("张维国", "", "", ""), ("李敏", "", "", ""), ("陈立新", "", "", "")),
    ]  # fmt: skip
    assert headings(content) == ["评审意见", "评审结论", "专家签字"]


@pytest.mark.parametrize(("found", "says"), [("通过", "同意通过评审。"), ("未通过", "不同意通过评审。")])
def test_drawn_panel_shows_employers_and_scores(city, found, says):
    from decimal import Decimal

    from reviews import panel, scores
    from reviews.models import Expert

    project = city.project("scheme_filed", "2600000.00")
    for name in ("张维国", "李敏", "陈立新"):
        Expert.objects.create(jurisdiction=city.jurisdiction, name=name, employer=f"{name}所在学院", title="教授")
    centre = city.users["centre"]
    panel.seal(project.pk, actor=centre, members=3, substitutes=0, strata={})
    drawn = panel.hold(project.pk, actor=centre)
    first = panel.members(drawn)[0].expert
    marks = {"4a": Decimal("86.00"), "4b": Decimal("90.00"), "4c": Decimal("82.50")}
    scores.enter_opinion(project.pk, first.pk, actor=centre, scores=marks, conclusion=found, text="可行。")
    project.refresh_from_db()
    names = [each.expert.name for each in panel.members(drawn)]
    fields = {"experts": names, "conclusion": found, "opinion": "可行"}
    review = city.walker().record(project, "expert_review", fields)[0]
    content = write("expert_review", review)
    panel.seal(project.pk, actor=centre, members=1, substitutes=0, strata={}, reason="另行评审")
    panel.hold(project.pk, actor=centre)
    assert write("expert_review", review) == content  # a later panel is none of its business
    assert "专家组由3人组成，经随机抽取产生。" in paras(content)[0]
    assert tables(content)[0].rows[0] == (first.name, "86.00", "90.00", "82.50", "86.17")
    assert tables(content)[0].rows[1][1:] == ("未知", "未知", "未知", "未知")
    assert tables(content)[0].rows[-1] == ("平均", "86.00", "90.00", "82.50", "86.17")
    assert to_sign(content)[0][0] == (names[0], f"{names[0]}所在学院", "教授", "")
    assert below(content, "评审结论") == [says]


def _current(project, name):
    from projects.evidence import EVIDENCE

    return EVIDENCE[name].current(project)
