"""Papers of the filing and of the governing office, as they read."""

from datetime import date

import pytest

from projects.filing import publish_batch
from projects.models import Project
from projects.transitions import perform
from tests.reading import annexes, below, everything, fields, headings, items, paras, tables, to_sign, write

HOSTILE = '<script>alert(1)</script>"&{{ name }}{project}=1+1'
TITLE = "关于申报2028年度电子政务项目的通知"


@pytest.fixture
def batch(city):
    """Published on 2026-03-02 for 2027, with two lines of requirements."""
    return publish_batch(
        actor=city.users["gov_office"], title=TITLE, calendar_year=2026, opens_on=date(2026, 3, 2),
        closes_on=date(2026, 4, 30), requirements="一个项目一套材料;\n纸质材料一式三份。",
    )  # fmt: skip


def test_notice_says_for_which_year_and_until_when(batch):
    content = write("filing_notice", batch)
    assert (content.title, content.to, content.on) == (TITLE, "各有关单位", date(2026, 3, 2))
    assert headings(content) == ["申报范围", "申报时间", "申报材料", "其他要求", "报送方式"]
    assert below(content, "申报时间") == [
        "自2026年3月2日起，至2026年4月30日止，首尾两日均可提交。逾期未提交的，不再列入本批次。"
    ]
    assert below(content, "其他要求") == ["一个项目一套材料。", "纸质材料一式三份。"]
    assert "计划在2027年度实施" in below(content, "申报范围")[0]


def test_notice_lists_what_the_pack_asks_for_at_filing(batch):
    rows = tables(write("filing_notice", batch))[0].rows
    assert rows[0] == ("1", "项目预审申报表", "所有项目", "应提交")
    assert rows[1] == ("2", "建设方案", "新建、扩建、升级改造", "应提交")
    assert rows[3] == ("4", "原建设项目合同", "运行维护", "提交其中一项")
    assert rows[5] == ("6", "与项目有关的规划", "所有项目", "有则提交，没有的逐项注明")
    assert len(rows) == 10


def test_notice_without_requirements_has_no_such_section(city):
    assert headings(write("filing_notice", city.batch)) == ["申报范围", "申报时间", "申报材料", "报送方式"]


def test_filing_form_holds_the_whole_filing(city):
    content = write("filing_form", city.project("filed", "600000.00"))
    assert (content.title, content.red, content.signer, content.on) == (
        "电子政务项目预审申报表", False, "", date(2026, 3, 2),
    )  # fmt: skip
    form = fields(content)
    assert form["项目名称"] == "智慧城管平台"
    assert form["申报概算"] == "600,000.00元"
    assert form["计划年度"] == "2027"
    assert form["联络人"] == "郑联络（科长）"
    assert form["无共享需求的理由"] == "无此情形"
    assert "所属基建项目" not in form
    assert tables(content)[0].rows == (("本级财政", "市级", "600,000.00"), ("合计", "—", "600,000.00"))
    assert tables(content)[1].rows[1] == ("2", "建设方案", "定稿", "建设方案.pdf")
    assert to_sign(content) == [(("", "", "", ""),)]


def test_filing_form_of_a_bare_draft_prints_what_is_missing(city):
    from projects.filing import open_draft

    project = open_draft(actor=city.applicant, name="新系统", kind="新建", origin="年度申报")
    city.unit.leader_name = city.unit.leader_post = ""
    city.unit.save()
    content = write("filing_form", Project.objects.get(pk=project.pk))
    form = fields(content)
    assert form["申报概算"] == "未知"
    assert form["计划年度"] == form["业务需求"] == form["项目类别"] == form["申报批次"] == form["分管领导"] == "未填"
    assert form["主要技术手段"] == form["申报日期"] == "未填"
    assert tables(content)[0].rows == (("合计", "—", "未知"),)
    assert tables(content)[1].rows[0] == ("1", "项目预审申报表", "未提交", "—")
    assert content.on is None


def test_estimate_adds_up_and_says_so(city):
    content = write("estimate_table", city.project("filed", "600000.05"))
    rows = tables(content)[0].rows
    assert (content.landscape, len(rows)) == (True, 3)
    assert rows[0][:3] == ("1", "应用软件开发", "软件开发")
    assert rows[-1] == ("", "合计", "—", "—", "—", "—", "—", "600,000.05", "—")
    assert paras(content) == ["明细合计600,000.05元（大写：陆拾万元零伍分），与申报概算一致。"]


def test_estimate_that_differs_says_by_how_much(city):
    project = city.draft("600000.00")
    project.declared_total = project.declared_total + 100
    content = write("estimate_table", project)
    assert paras(content) == ["明细合计600,000.00元（大写：陆拾万元整），与申报概算600,100.00元相差100.00元。"]
    project.declared_total = None
    assert paras(write("estimate_table", project)) == ["明细合计600,000.00元（大写：陆拾万元整）；申报概算未知。"]


def test_hostile_text_stays_text(city):
    project = city.project("filed", name=HOSTILE, objective=HOSTILE)
    assert fields(write("filing_form", project))["项目名称"] == HOSTILE
    assert fields(write("filing_form", project))["建设（运维）目标"] == HOSTILE
    perform(project.pk, "suspend", actor=city.users["gov_office"], note=HOSTILE)
    content = write("suspension_notice", project.passages.last())
    assert content.title == f"关于暂停实施{HOSTILE}项目的通知"
    assert below(content, "事由") == [f"{HOSTILE}。"]


def test_suspension_resumption_termination(city):
    project, office = city.project("budgeted", "600000.00"), city.users["gov_office"]
    for move, name, title, demands in (
        ("suspend", "suspension_notice", "关于暂停实施智慧城管平台项目的通知", 3),
        ("resume", "resumption_notice", "关于恢复实施智慧城管平台项目的通知", 2),
        ("terminate", "termination_notice", "关于终止智慧城管平台项目的通知", 4),
    ):
        passage = perform(project.pk, move, actor=office, note="单位机构调整,职责划转。\n另行安排")
        content = write(name, passage)
        assert (content.title, content.to, content.on) == (title, "市城市管理局", date(2026, 3, 2))
        assert below(content, "事由") == ["单位机构调整，职责划转。", "另行安排。"]
        assert len(items(content)) == demands
        assert "（乐政办发〔2015〕10号）二（一）的规定" in paras(content)[0]
        assert "总投资600,000.00元（批准预算）" in paras(content)[0]
        assert (annexes(content), paras(content)[-1]) == ([], "特此通知。")
    first = write("suspension_notice", project.passages.get(move="suspend"))
    assert "目前处于“评审”阶段" in paras(first)[0]
    assert items(first)[2] == "暂停的原因消除后，请向市府办书面说明情况，由市府办决定是否恢复。"


def test_nothing_in_any_of_them_reads_none(city):
    project = city.project("filed")
    for name in ("filing_form", "estimate_table"):
        assert "None" not in everything(write(name, project)).replace("'on': None", "")
