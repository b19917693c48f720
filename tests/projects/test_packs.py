"""Here: the pages of instruments and a change tried on live projects. Not here: judging (tests/policies)."""

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from policies import cases
from policies.impact import compare, moved_line
from policies.lines import Line, lines
from policies.loader import load
from projects.models import Project
from projects.transitional import decide

PACK = "yueqing-2015"
IMPACT = f"/packs/{PACK}/impact/"


def test_the_list_says_who_is_under_what(client, city):
    rows = client.get("/packs/").context["rows"]
    row = next(each for each in rows if each["pack"].code == PACK)
    assert (row["pack"].code, row["places"], row["rules"]) == (PACK, ["乐清市"], len(load(PACK).rules))
    assert row["cases"] == cases.count(PACK) > 0


def test_the_page_is_in_sections_and_searched(client, city):
    whole = client.get(f"/packs/{PACK}/")
    assert whole.context["shown"] == len(load(PACK).rules)
    assert [each["name"] for each in whole.context["sections"]][:3] == ["申报", "预审", "预算"]
    found = client.get(f"/packs/{PACK}/?q=YQ-3.4-11")
    assert [each["rule"].id for section in found.context["sections"] for each in section["rules"]] == ["YQ-3.4-11"]
    assert cases.by_clause(PACK)["YQ-3.4-11"][0].title in found.content.decode()
    assert "没有条款提到“没有这样的词”" in client.get(f"/packs/{PACK}/?q=没有这样的词").content.decode()
    assert client.get("/packs/nowhere/").status_code == 404


def test_a_moved_line_adds_duties_between_the_lines_only():
    pack, line, to = load(PACK), Decimal("2000000.00"), Decimal("1500000.00")
    lower = moved_line(pack, line, to)
    assert [each.bound for each in lines(pack)] == [Decimal("1000000.00"), line]
    assert lines(lower) == [Line(Decimal("1000000.00"), "at_least"), Line(to, "at_least")]
    for amount, changes in (("1499999.99", False), ("1500000.00", True), ("1999999.99", True), ("2000000.00", False)):
        facts = {"project.investment": Decimal(amount), "project.kind": "新建", "project.origin": "年度申报"}
        change = compare(pack, lower, facts)
        assert (bool(change.added), bool(change.dropped)) == (changes, False), amount
    raised = compare(lower, pack, {"project.investment": Decimal("1500000.00")})
    assert "YQ-3.4-11" in {duty.rule for duty in raised.dropped}


def test_the_report_names_the_projects_and_counts_them(client, city):
    between, below = city.project("filed", "1800000.00"), city.project("filed", "900000.00", name="小项目")
    client.force_login(city.users["gov_office"])
    report = client.get(IMPACT, {"what": "line", "line": "2000000.00", "to": "1500000.00"}).context["report"]
    assert [row.project for row in report.rows] == [between]
    assert "YQ-3.4-11" in {duty.rule for duty in report.rows[0].change.added}
    assert (report.added, report.dropped, report.following) == (1, 0, None)
    assert below not in [row.project for row in report.rows]


def test_the_command_counts_what_the_page_counts(client, city, monkeypatch, tmp_path):
    monkeypatch.setattr("projects.impact.PAGE", 2)
    for number in range(3):
        city.project("filed", "1800000.00", name=f"项目{number}")
    city.project("filed", "900000.00", name="小项目")
    decide(Project.objects.filter(name="项目0"), PACK, "老办法", actor=city.users["gov_office"], basis="纪要", reason="已采购")
    client.force_login(city.users["gov_office"])
    first = client.get(IMPACT, {"what": "line", "line": "2000000.00", "to": "1500000.00"}).context["report"]
    after = {"what": "line", "line": "2000000.00", "to": "1500000.00", "after": first.following}
    pages = [first, client.get(IMPACT, after).context["report"]]
    out, sheet = StringIO(), tmp_path / "out.xlsx"
    call_command("book", "impact", PACK, "--line", "2000000.00", "--to", "1500000.00", "--excel", str(sheet), stdout=out)
    said = out.getvalue().splitlines()
    tried, added, dropped = (sum(getattr(page, name) for page in pages) for name in ("tried", "added", "dropped"))
    assert (tried, added, dropped) == (3, 3, 0)
    assert said[0] == f"试算 {tried} 个,3 个在办项目的义务会改变:{added} 个增加,{dropped} 个减少。"
    changes = [len(row.change.added) for page in pages for row in page.rows]
    assert sum(line.startswith("  + ") for line in said) == sum(changes)
    assert "新旧文件适用:老办法 1 个、新办法 0 个,尚未决定 2 个。" in said
    assert [row[8] for row in load_workbook(sheet).active.values] == ["新旧文件适用", "老办法", "尚未决定", "尚未决定"]


@pytest.mark.parametrize(
    ("given", "told"),
    [((), "要写且只写一种改动"), (("--line", "1.00", "--to", "2.00"), "可以写的有:1000000.00、2000000.00"),
     (("--set", "nix=1"), "interim_exception=all")],
)  # fmt: skip
def test_a_proposal_is_one_that_can_be_made(given, told):
    with pytest.raises(CommandError, match=told):
        call_command("book", "impact", PACK, *given)


def test_duties_of_stages_that_are_over_do_not_count(client, city):
    project = city.project("contracted", "1800000.00")
    client.force_login(city.users["gov_office"])
    report = client.get(IMPACT, {"what": "line", "line": "2000000.00", "to": "1500000.00"}).context["report"]
    assert [row.project for row in report.rows] == [project]
    assert not {duty.stage for duty in report.rows[0].change.added} & {"申报", "预审", "预算", "评审", "采购"}


def test_a_parameter_is_tried_as_it_would_be_set(client, city):
    client.force_login(city.users["gov_office"])
    same = client.get(IMPACT, {"what": "parameter", "setting": "interim_exception=all"})
    assert same.context["report"].rows == []
    project = city.project("filed", origin="临时申报")
    other = client.get(IMPACT, {"what": "parameter", "setting": "interim_exception=any"}).context["report"]
    assert (other.tried, project.ledger_length > 0) == (1, True)


@pytest.mark.parametrize("query", [{"what": "line"}, {"what": "line", "line": "1", "to": "2"}, {"what": "x"}])
def test_an_incomplete_question_is_told(client, city, query):
    client.force_login(city.users["gov_office"])
    assert client.get(IMPACT, query).status_code == 400


def test_the_queries_do_not_grow_with_the_projects(client, city):
    client.force_login(city.users["gov_office"])
    query, counts = {"what": "line", "line": "2000000.00", "to": "1500000.00"}, []
    client.get(IMPACT)
    for _ in range(2):
        for _ in range(2):
            city.project("filed", "1800000.00")
        with CaptureQueriesContext(connection) as captured:
            client.get(IMPACT, query)
        counts.append(len(captured))
    assert counts[0] == counts[1]
