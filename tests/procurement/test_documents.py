"""招标文件审查意见, as it reads."""

from datetime import date

from projects.evidence import EVIDENCE
from tests.reading import below, headings, paras, tables, write

HOSTILE = "</td><script>x</script>;DROP TABLE--"


def reviewed(city, **fields):
    """A review of the tender document of a project of 600,000.00."""
    project = city.project("procuring", "600000.00")
    for name in ("procurement_decision", "tender_document"):
        if EVIDENCE[name].current(project) is None:
            city.walker().record(project, name)
    return city.walker().record(project, "tender_review", fields)[0]


def test_passed_document(city):
    content = write("tender_review", reviewed(city))
    assert (content.title, content.to, content.on) == (
        "关于智慧城管平台项目招标文件的审查意见", "市资管办", date(2026, 3, 2),
    )  # fmt: skip
    assert "招标文件（文件编号：CG1-V1，第1版）收悉" in paras(content)[0]
    assert headings(content) == ["逐项审查情况", "合同付款安排", "审查结论"]
    assert tables(content)[0].rows[0] == ("1", "承建单位资质要求", "合适", "资质要求与项目规模相当。")
    assert tables(content)[0].rows[5] == ("6", "其他", "合适", "无其他意见")
    assert tables(content)[1].rows == (("1", "验收", "95%"), ("2", "质保期满", "5%"), ("", "合计", "100%"))
    assert below(content, "合同付款安排") == ["付款均安排在验收之后。"]
    assert below(content, "审查结论") == [
        "该招标文件通过审查，可以按程序发布招标公告。发布前内容再有改动的，应重新送审。"
    ]


def test_returned_document_with_payment_before_acceptance(city):
    terms = [{"milestone": "预付", "percentage": "30.00"}, {"milestone": "验收", "percentage": "70.00"}]
    content = write(
        "tender_review",
        reviewed(
            city, conclusion="退回修改", opinion=f"评分权重偏高\n{HOSTILE}", scoring="不合适", scoring_remark="价格分过低",
            payment_terms=terms, conflict_acknowledged=True,
        ),
    )  # fmt: skip
    assert tables(content)[0].rows[4] == ("5", "评分细则", "不合适", "价格分过低。")
    assert below(content, "合同付款安排") == [
        "验收之前的付款占30%。审查时已注意到这一安排，请建设单位与财政部门核对资金拨付条件后再行约定。",
    ]  # fmt: skip
    assert below(content, "审查结论")[0].startswith("该招标文件退回修改。")
    assert below(content, "审查结论")[1:] == ["评分权重偏高。", f"{HOSTILE}。"]


def test_item_without_a_verdict_is_unknown(city):
    review = reviewed(city)
    review.other = review.other_remark = ""
    assert tables(write("tender_review", review))[0].rows[5] == ("6", "其他", "未知", "未填")
