"""预算会审意见 and the year's plan, as they read."""

from datetime import date
from decimal import Decimal

from budget.envelope import set_envelope
from budget.lock import lock_plan
from budget.models import BudgetLine
from budget.sheets import current_sheet
from tests.reading import annexes, below, headings, paras, tables, write

HOSTILE = "=cmd|' /C calc'!A0 <img src=x>"
LINES = [
    {"name": "应用软件开发", "type": "软件开发", "asked": "500000.00", "reviewed": "420000.50", "cut_reason": "平台统建内容"},
    {"name": HOSTILE, "type": "硬件设备", "asked": "100000.00", "reviewed": "100000.00"},
    {
        "name": "监理服务费", "type": "监理费用", "asked": "10000.00", "reviewed": "10000.00", "cost_basis": "600000.00",
        "complexity": "一般", "note": "一次性",
    },
]  # fmt: skip
ARRANGED = [
    {"year": 2027, "source": "本级财政", "amount": "500000.00"},
    {"year": 2027, "source": "自筹", "amount": "30000.50"},
]


def reviewed(city, **fields):
    """A sheet that finance reviewed."""
    project = city.project("endorsed", "610000.00")
    data = {"lines": LINES, "allocations": ARRANGED, **fields}
    return city.walker().record(project, "budget_sheet", data, role="finance")[0]


def test_review_before_anybody_signed_is_not_finished(city):
    content = write("budget_review", reviewed(city))
    assert (content.title, content.signer) == ("关于智慧城管平台项目明细预算的会审意见", "乐清市财政局　乐清市府办")
    assert headings(content) == ["审核情况", "资金安排", "会审意见", "会审结论"]
    assert below(content, "审核情况") == [
        "申报数合计610,000.00元，审核数合计530,000.50元，核减79,999.50元。优先级为“重要”。安排时已参阅有关绩效评价结果。",
    ]  # fmt: skip
    assert below(content, "会审意见") == ["市财政局：尚未会审。", "市府办：尚未会审。"]
    assert below(content, "会审结论") == [
        "明细预算审核数为530,000.50元（大写：伍拾叁万元伍角整），会审尚未完成。",
    ]  # fmt: skip


def test_review_shows_lines_cuts_and_what_a_supervision_fee_was_set_by(city):
    rows = tables(write("budget_review", reviewed(city)))[0].rows
    assert rows[0] == ("1", "应用软件开发", "软件开发", "500,000.00", "420,000.50", "平台统建内容")
    assert rows[1] == ("2", HOSTILE, "硬件设备", "100,000.00", "100,000.00", "—")
    assert rows[2][-1] == "核定依据：项目造价600,000.00元，复杂程度一般；一次性"
    assert rows[-1] == ("", "合计", "—", "610,000.00", "530,000.50", "—")
    arranged = tables(write("budget_review", reviewed_sheet(city)))[1].rows
    assert arranged == (
        ("2027年度", "本级财政", "500,000.00"), ("2027年度", "自筹", "30,000.50"), ("合计", "—", "530,000.50"),
    )  # fmt: skip


def reviewed_sheet(city):
    """The sheet that is on file already."""
    return BudgetLine.objects.first().record


def test_both_signatures_settle_it(city):
    project = city.project("budgeted", "600000.00")
    content = write("budget_review", current_sheet(project))
    assert below(content, "会审意见") == ["市财政局（2026年3月2日）：同意。", "市府办（2026年3月2日）：同意。"]
    assert below(content, "会审结论")[0].startswith(
        "该项目明细预算（第1版）核定为600,000.00元（大写：陆拾万元整），请按预算审批程序报批。"
    )
    assert "10号）三（三）的规定，市财政局会同市府办进行了审核" in paras(content)[0]
    assert content.on == date(2026, 3, 2)


def test_sheet_that_nobody_reviewed_prints_unknown_never_nought(city):
    project = city.project("endorsed", "600000.00")
    lines = [{"name": "应用软件开发", "type": "软件开发", "asked": "600000.00"}]
    sheet = city.walker().record(project, "budget_sheet", {"lines": lines, "allocations": []}, role="applicant")[0]
    content = write("budget_review", sheet)
    assert tables(content)[0].rows[0][3:5] == ("600,000.00", "未知")
    assert tables(content)[0].rows[-1][3:5] == ("600,000.00", "未知")
    assert below(content, "资金安排") == ["资金安排未填。"]
    assert below(content, "会审结论") == ["明细预算的审核数未填，会审尚未完成。"]


def test_plan_of_a_year_lists_what_is_arranged(city):
    city.project("budgeted", "600000.00", name="甲系统")
    city.project("endorsed", "300000.00", name="乙系统")
    finance = city.users["finance"]
    lock = lock_plan(actor=finance, jurisdiction=city.jurisdiction, year=2027, note="市政府常务会议审定")
    content = write("annual_plan", lock)
    assert (content.title, content.to, content.on) == (
        "关于下达2027年度电子政务项目计划的通知", "各有关单位", date(2026, 3, 2),
    )  # fmt: skip
    assert below(content, "总体安排") == [
        "本年度计划安排项目1个，资金合计600,000.00元（大写：陆拾万元整）。其中：本级财政600,000.00元。"
        "已经批复600,000.00元。本年度可用财力未知。",
        "市政府常务会议审定。",
    ]
    assert annexes(content) == ["2027年度电子政务项目资金安排表"]
    assert tables(content)[0].rows == (
        ("1", "甲系统", "市城市管理局", "新建", "本级财政", "600,000.00", "预批〔2026〕1号"),
        ("", "合计", "—", "—", "—", "600,000.00", "—"),
    )


def test_plan_says_by_how_much_it_exceeds_what_the_city_has(city):
    city.project("budgeted", "600000.00")
    finance = city.users["finance"]
    set_envelope(actor=finance, jurisdiction=city.jurisdiction, year=2027, amount=Decimal("500000.00"), note="草案")
    lock = lock_plan(actor=finance, jurisdiction=city.jurisdiction, year=2027)
    text = below(write("annual_plan", lock), "总体安排")[0]
    assert text.endswith("本年度可用财力500,000.00元，安排本级财政后超出100,000.00元。")


def test_plan_of_an_empty_year(city):
    lock = lock_plan(actor=city.users["finance"], jurisdiction=city.jurisdiction, year=2031)
    content = write("annual_plan", lock)
    assert tables(content)[0].rows == (("", "合计", "—", "—", "—", "0.00", "—"),)
