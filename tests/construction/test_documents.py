"""变更批复, as it reads."""

from datetime import date

from projects.evidence import EVIDENCE
from tests.reading import annexes, below, headings, paras, tables, write

HOSTILE = "{% debug %}<svg/onload=alert(1)>"
ITEMS = [
    {
        "name": "终端",
        "specification": "八核",
        "quantity": "20",
        "unit": "台",
        "is_equipment": True,
        "amount": "660000.00",
    }
]


def decided(city, request=None, **fields):
    """A decision on a change of a project of 600,000.00 that is being built."""
    project = city.project("building", "600000.00")
    walker = city.walker()
    walker.record(
        project,
        "change_request",
        {"title": "增加终端", "necessity": "线路增加", "new_total": "660000.00"} | (request or {}),
    )
    approved = fields.get("outcome") != "不批准"
    for step in ("预审", "技术方案审查")[: 2 if request else 1] if approved else ():
        walker.record(project, "change_review", {"step": step})
    for role in ("finance", "gov_office") if approved else ():
        walker.record(project, "change_signature", role=role)
    return walker.record(project, "change_decision", fields)[0]


def test_approval_says_what_the_investment_becomes(city):
    content = write("change_decision", decided(city))
    assert (content.title, content.to, content.on) == (
        "关于智慧城管平台项目变更的批复",
        "市城市管理局",
        date(2026, 3, 2),
    )
    assert "变更申请（变更1：增加终端）收悉" in paras(content)[0]
    assert headings(content) == ["变更事项", "投资调整", "执行要求", "办理经过"]
    assert below(content, "变更事项")[0] == "同意变更“增加终端”。"
    assert below(content, "变更事项")[-1] == "变更的必要性：线路增加。"
    assert below(content, "投资调整") == [
        "项目总投资由600,000.00元调整为660,000.00元（大写：陆拾陆万元整），增加60,000.00元。",
    ]  # fmt: skip
    assert paras(content)[-1] == "此复。"
    assert annexes(content) == []


def test_approval_shows_the_steps_it_went_through(city):
    rows = tables(write("change_decision", decided(city)))[0].rows
    assert [(row[1], row[3]) for row in rows] == [
        ("市电子政务中心预审", "同意"), ("市财政局会审", "同意"), ("市府办会审", "同意"),
    ]  # fmt: skip
    assert {row[2] for row in rows} == {"2026年3月2日"}


def test_new_items_are_annexed(city):
    content = write("change_decision", decided(city, {"items": ITEMS}))
    assert annexes(content) == ["变更后的采购内容清单"]
    assert tables(content)[1].rows == (
        ("1", "终端", "八核", "20", "台", "是", "660,000.00"), ("", "合计", "—", "—", "—", "—", "660,000.00"),
    )  # fmt: skip
    assert paras(content)[-1] == "共1项，合计660,000.00元（大写：陆拾陆万元整）。"


def test_refusal_gives_its_reason(city):
    content = write("change_decision", decided(city, outcome="不批准", reason=HOSTILE))
    assert content.title == "关于不予批准智慧城管平台项目变更的批复"
    assert below(content, "批复意见") == ["对变更“增加终端”不予批准。理由如下：", f"{HOSTILE}。"]


def test_total_that_stays_or_is_not_known(city):
    decision = decided(city)
    change = decision.change
    change.new_total = None
    assert below(write("change_decision", decision), "投资调整") == ["项目总投资不作调整，仍为600,000.00元。"]
    change.new_total, change.total_before = change.project.investment, None
    text = below(write("change_decision", decision), "投资调整")[0]
    assert text.endswith("变更前总投资未知。")
    assert EVIDENCE["change_decision"].current(decision.project) == decision
