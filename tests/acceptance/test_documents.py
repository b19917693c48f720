"""Papers and forms of an acceptance, as they read."""

from datetime import date

from projects.evidence import EVIDENCE
from projects.transitions import perform
from tests.reading import below, fields, headings, paras, tables, to_sign, write

HOSTILE = "</p><iframe src=//x>{{1}}"
DECLARED = [{"title": HOSTILE, "changed_on": "2026-02-01", "reason": "现场条件变化"}]


def accepting(city, **filing):
    """A project of 600,000.00 whose acceptance has been arranged."""
    return city.project("accepting", "600000.00", **filing)


def test_supervision_names_who_attended(city):
    attendees = [{"department": "市财政局", "person": "陈某"}, {"department": "市审计局", "person": "周某"}]
    data = {"attendees": attendees, "remark": "程序规范\n建议完善运维交接"}
    content = write("acceptance_supervision", city.walker().record(accepting(city), "acceptance_supervision", data)[0])
    assert (content.title, content.on) == ("关于智慧城管平台项目验收的监督意见", date(2026, 3, 2))
    assert "验收于2026年3月2日在市行政中心会议室进行。" in paras(content)[0]
    assert tables(content)[0].rows == (("1", "市财政局", "陈某"), ("2", "市审计局", "周某"))
    assert below(content, "监督意见") == ["程序规范。", "建议完善运维交接。"]


def test_opinion_with_the_panel_to_sign(city):
    project = city.project("accepted", "2600000.00")
    content = write("acceptance_opinion", EVIDENCE["acceptance_conclusion"].current(project))
    assert content.title == "智慧城管平台项目验收意见"
    assert "验收组由2人组成" in paras(content)[0]
    assert below(content, "试运行和检测情况") == [
        "项目于2026年3月2日至2026年3月2日试运行，结论为合格。",
        "浙江省软件检测中心于2026年3月2日进行了第三方检测，检测报告编号JC-001，结论为合格。",
    ]
    assert below(content, "变更情况") == ["建设单位报告无变更。"]
    assert below(content, "验收结论") == ["完成合同约定的建设内容，同意通过验收。", "项目通过验收。"]
    assert to_sign(content) == [(("王组长", "市城市管理局", "组长", ""), ("李专家", "浙江大学", "组员", ""))]


def test_opinion_prints_what_is_not_on_file(city):
    data = {"conclusion": "不通过", "opinion": HOSTILE}
    project = city.project("accepting", "600000.00", kind="运行维护")
    record = city.walker().record(project, "acceptance_conclusion", data)[0]
    record.plan = None
    content = write("acceptance_opinion", record)
    assert "验收时间和地点未填。验收组由未知人组成" in paras(content)[0]
    assert "未进行第三方检测。" in below(content, "试运行和检测情况")
    assert below(content, "验收结论") == [f"{HOSTILE}。", "项目未通过验收，应整改后重新组织验收。"]
    assert to_sign(content) == [(("未填", "未填", "未填", ""),)]


def test_rectification_goes_to_the_contractor(city):
    project = accepting(city)
    walker = city.walker(fields={"acceptance_conclusion": {"conclusion": "不通过", "opinion": "功能与合同不符"}})
    walker.record(project, "acceptance_conclusion")
    passage = perform(project.pk, "return_acceptance", actor=city.applicant, note="补齐统计功能。")
    content = write("rectification_notice", passage)
    assert (content.title, content.to) == ("关于智慧城管平台项目验收整改的通知", "浙江瓯越信息技术有限公司")
    assert below(content, "验收意见") == ["功能与合同不符。"]
    assert below(content, "整改要求")[0] == "补齐统计功能。"


def test_filing_is_taken_in_or_sent_back(city):
    project = city.project("accepted", "600000.00")
    walker = city.walker()
    walker.record(project, "acceptance_filing")
    refused = write(
        "acceptance_filing_receipt",
        walker.record(project, "acceptance_filing_confirmation", {"accepted": False, "remark": "缺用户手册"})[0],
    )
    assert refused.title == "关于补充智慧城管平台项目验收备案材料的通知"
    assert paras(refused)[1:3] == ["说明如下：", "缺用户手册。"]
    taken = write(
        "acceptance_filing_receipt", walker.record(project, "acceptance_filing_confirmation", {"accepted": True})[0]
    )
    assert taken.title == "智慧城管平台项目验收备案回执"
    assert "10号）三（七）、二（一）的规定，经核对，予以备案。" in paras(taken)[0]
    assert fields(taken)["报送材料"] == "验收报告、试运行报告、变更情况报告、用户手册"
    assert fields(taken)["验收材料文件"] == "验收材料.pdf"
    assert fields(taken)["补充材料文件"] == "无"


def test_change_table_says_that_nothing_changed(city):
    content = write("change_table", EVIDENCE["change_report"].current(accepting(city)))
    assert (content.title, content.red, content.landscape) == ("电子政务项目变更情况表", False, True)
    assert fields(content)["总投资"] == "600,000.00元"
    assert below(content, "变更事项")[0] == "经核对，该项目自技术方案审定以来无变更。"


def test_change_table_and_signatures_of_what_was_declared(city):
    project = accepting(city)
    report = city.walker().record(project, "change_report", {"declared": DECLARED})[0]
    assert tables(write("change_table", report))[0].rows == (
        ("1", "未经批准（自行申明）", "无编号", HOSTILE, "2026年2月1日", "现场条件变化"),
    )  # fmt: skip
    plan = EVIDENCE["acceptance_plan"].current(project)
    form = write("acceptance_signatures", plan)
    assert headings(form) == ["验收组成员", "变更事项认可", f"变更1：{HOSTILE}（未经批准（自行申明））"]
    assert to_sign(form)[1][0][:2] == ("王组长", "□认可　□不认可")
    city.walker().record(project, "change_recognition")
    assert to_sign(write("acceptance_signatures", plan))[1] == (("王组长", "认可", "", ""), ("李专家", "认可", "", ""))
    assert fields(form)["验收地点"] == "市行政中心会议室"
