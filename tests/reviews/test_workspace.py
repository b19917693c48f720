"""Here: what the reviews room adds to the filing workspace: similar projects, 拆分雷达, notices. Not here: the search itself."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from egov_projects.walk import submit
from organizations import clock
from projects.models import Project
from projects.rehearsal import rehearse
from projects.transitions import perform
from reviews import duplicates
from reviews.models import DuplicateCandidate, DuplicateSearch
from reviews.radar import crossings, near_line
from reviews.workspace import search

URL = "projects:filing_section"
AIM = "建设全市统一的智慧停车管理平台,路内泊位统一管理、统一收费、统一诱导。"


def alike(city, amount="500000.00", name="智慧停车平台", **fields) -> Project:
    return city.draft(amount, name=name, objective=AIM, **fields)


def test_a_draft_is_compared_without_recording_anything(city, client):
    city.project(name="智慧停车平台(二期)", objective=AIM)
    project = alike(city)
    before = (DuplicateSearch.objects.count(), DuplicateCandidate.objects.count())
    found = search(project, city.applicant)
    assert (found.done, found.compared, [(each.project.name, each.similarity) for each in found.found]) == (
        True, 1, [("智慧停车平台(二期)", 100)],
    )  # fmt: skip
    client.force_login(city.applicant)
    page = client.get(reverse(URL, args=[project.number, "similar"])).content.decode()
    for text in ("智慧停车平台(二期)", "市城市管理局", "2027", "50.00", "100%", "同一单位"):
        assert text in page
    assert (DuplicateSearch.objects.count(), DuplicateCandidate.objects.count()) == before


def test_of_another_units_project_only_the_likeness_shows(city, client):
    foreign = city.project(name="教育停车平台", objective=AIM)
    Project.objects.filter(pk=foreign.pk).update(department=city.other_unit)
    project = alike(city)
    client.force_login(city.applicant)
    page = client.get(reverse(URL, args=[project.number, "similar"])).content.decode()
    assert "其他单位的项目" in page
    assert "建设目标相似 100%" in page
    assert foreign.name not in page
    assert foreign.number not in page
    assert "市教育局" not in page


def test_an_engine_that_fails_is_unfinished_and_never_nothing_found(city, client, monkeypatch):
    project = alike(city)
    monkeypatch.setitem(duplicates.__dict__, "grams", None)  # the engine is down
    client.force_login(city.applicant)
    page = client.get(reverse(URL, args=[project.number, "similar"])).content.decode()
    assert "未完成" in page
    assert "没有发现相似项目" not in page


def test_without_an_aim_the_search_is_unfinished(city):
    project = city.draft(objective="")
    assert search(project, city.applicant).done is False


@pytest.mark.parametrize(
    ("own", "found"), [("399999.99", []), ("400000.00", ["1000000.00"]), ("400000.01", ["1000000.00"])]
)
def test_a_sum_that_crosses_a_line_together_is_pointed_out_with_its_arithmetic(city, own, found):
    city.project("filed", "600000.00", name="智慧停车平台一期", objective=AIM)
    project = alike(city, own)
    assert [str(each.line.bound) for each in crossings(project)] == found


def test_the_arithmetic_names_every_part_and_those_just_under_the_line(city, client):
    city.project("filed", "980000.00", name="智慧停车平台一期", objective=AIM)
    project = alike(city, "949999.99")
    (crossing,) = crossings(project)
    assert crossing.arithmetic == "949,999.99 + 980,000.00 = 1,929,999.99 ≥ 1,000,000.00"
    assert [part.amount for part in crossing.near] == [Decimal("980000.00")]
    client.force_login(city.applicant)
    page = client.get(reverse(URL, args=[project.number, "similar"])).content.decode()
    assert crossing.arithmetic in page
    assert "距限额不足 5%" in page
    hints = [hint.text for hint in rehearse(project, city.applicant).hints]
    assert any(crossing.arithmetic in text for text in hints)


def test_the_section_asks_as_often_beside_2_as_beside_20_projects(city, client):
    project = alike(city)
    client.force_login(city.applicant)
    counted = []
    for number in (2, 18):
        for at in range(number):
            alike(city, "100000.00", name=f"智慧停车平台{at}")
        Project.objects.exclude(pk=project.pk).update(created_at=clock.now())
        client.get(reverse(URL, args=[project.number, "similar"]))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(URL, args=[project.number, "similar"]))
        counted.append(len(queries))
        assert len(crossings(project)) == (0 if number == 2 else 2)
    assert counted[0] == counted[1]


def test_what_lies_over_the_line_alone_is_no_part(city):
    city.project("filed", "1000000.00", name="智慧停车平台一期", objective=AIM)
    assert crossings(alike(city, "900000.00")) == []


def test_other_scope_other_unit_and_longer_ago_do_not_count(city):
    city.project(
        "filed", "900000.00", name="档案数字化加工", objective="完成馆藏档案的扫描、著录和挂接,提供查询利用服务。"
    )
    foreign = city.project("filed", "900000.00", name="智慧停车平台一期", objective=AIM)
    Project.objects.filter(pk=foreign.pk).update(department=city.other_unit)
    project = alike(city, "900000.00")
    assert crossings(project) == []
    Project.objects.filter(pk=foreign.pk).update(department=city.unit)
    assert len(crossings(project)) == 1
    with clock.at(date(2027, 3, 2)):
        assert len(crossings(project)) == 1
    with clock.at(date(2027, 3, 3)):
        assert crossings(project) == []


@pytest.mark.parametrize(
    ("amount", "near"), [("949999.99", False), ("950000.00", True), ("999999.99", True), ("1000000.00", False)]
)
def test_an_amount_less_than_five_percent_under_a_line(city, amount, near):
    assert (near_line(alike(city, amount)) is not None) is near


def test_a_returned_filing_shows_what_is_to_be_mended_on_every_section(city, client):
    project = city.project()
    letter = {"defects": [{"clause": "YQ-1.2-5", "content": "目标不明确"}]}
    submit(project, "return_letter", letter, actor=city.users["centre"])
    perform(project.pk, "return_filing", actor=city.users["centre"], note="请补正")
    client.force_login(city.applicant)
    page = client.get(reverse(URL, args=[project.number, "content"])).content.decode()
    assert "中心退回补正,还有 1 项没有答复" in page
    assert reverse("reviews:corrections", args=[project.number]) in page


def test_the_lines_are_the_packs_own(city):
    assert near_line(alike(city, "1960000.00")).words == "达到 200 万元"
