"""绩效评价报告, as it reads."""

from datetime import date

from projects.evidence import EVIDENCE
from tests.reading import below, headings, paras, tables, to_sign, write

HOSTILE = "${7*7}<a href=javascript:x>"


def test_report_by_experts(city):
    project = city.project("evaluated", "600000.00")
    content = write("performance_report", EVIDENCE["evaluation_result"].current(project))
    assert (content.title, content.to, content.on) == ("智慧城管平台项目绩效评价报告", "市城市管理局", date(2027, 3, 2))
    assert headings(content) == [
        "项目基本情况", "评价组织情况", "评价情况", "运行效率", "应用成效", "信息资源共享", "评价结论", "评价专家签字",
    ]  # fmt: skip
    assert "总投资600,000.00元（批准预算），于2026年3月2日正式投入使用。" in below(content, "项目基本情况")[0]
    assert below(content, "评价组织情况")[0] == "参加单位：市电子政务中心。"
    assert (
        below(content, "评价组织情况")[2]
        == "评价方式：组织专家评价。评价专家：赵专家（浙江大学）、钱专家（温州大学）。"
    )
    assert below(content, "运行效率") == ["全年可用率99.9%。"]
    assert below(content, "评价结论")[:2] == ["评价等级为“良”。", "达到预期绩效目标。"]
    assert to_sign(content) == [(("赵专家", "浙江大学", ""), ("钱专家", "温州大学", ""))]


def test_report_by_a_firm_with_promises_and_opinions(city):
    walker = city.walker(
        fields={
            "evaluation_result": {
                "method": "第三方", "firm_name": HOSTILE, "contract_file": "委托合同", "experts": [], "grade": "差",
            },
            "performance_target": {
                "promises": [{"name": "一次办成率", "target": "不低于90%", "accepted": "达到", "actual": ""}],
            },
        }
    )  # fmt: skip
    project = city.project("in_service", "600000.00")
    walker.record(project, "performance_target")
    walker.walk_to(project, "evaluated")
    result = EVIDENCE["evaluation_result"].current(project)
    content = write("performance_report", result)
    assert (
        below(content, "评价组织情况")[-1] == f"评价方式：委托第三方机构评价。受托机构：{HOSTILE}，委托合同编号：未填。"
    )
    assert tables(content)[0].rows == (("一次办成率", "不低于90%", "达到", "未知"),)
    assert below(content, "评价结论")[0] == "评价等级为“差”。"
    assert to_sign(content) == []
    assert "市财政局牵头对智慧城管平台项目（项目编号：YQ-2026-0001）进行了绩效评价" in paras(content)[0]
