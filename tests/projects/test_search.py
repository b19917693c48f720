"""Here: finding projects by what people type. Not here: the list's other filters (test_pages.py)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.models import Project
from projects.scope import visible_projects
from projects.search import found, matching, reindex, text_of


def numbers(city, words, role="centre"):
    groups, _ = found(visible_projects(city.users[role]), words)
    return {group.label: [each.number for each in group.rows] for group in groups}


@pytest.mark.parametrize(
    "words, label",
    [
        ("城管", "项目名称"), ("智慧 平台", "项目名称"), ("城市管理", "建设单位"), ("zhihuicheng", "拼音"), ("ZHCG", "拼音"),
        ("yq-2026-0001", "编号"), ("ＹＱ－2026", "编号"), ("0001", "编号"),
    ],
)  # fmt: skip
def test_a_project_is_found_by_what_people_remember(city, words, label):
    project = city.project("filed")
    assert numbers(city, words) == {label: [project.number]}


@pytest.mark.parametrize("words", ["教育", "城智", "政务 城管", "<b>", "%", "_", "' or 1=1"])
def test_what_does_not_occur_is_not_found(city, words):
    city.project("filed")
    assert numbers(city, words) == {}


def test_only_visible_projects_are_found(city):
    draft = city.draft()
    assert numbers(city, "城管", "applicant") == {"项目名称": [draft.number]}
    assert numbers(city, "城管", "centre") == numbers(city, "城管", "other") == {}
    assert numbers(city, draft.number, "other") == {}


def test_a_number_comes_before_a_name_that_holds_it(city):
    first = city.draft(name="一期平台")
    second = city.draft(name=f"{first.number}的二期")
    assert numbers(city, first.number, "applicant") == {"编号": [first.number], "项目名称": [second.number]}


def test_the_text_follows_the_filing_and_the_unit(city):
    project = city.draft(name="旧名称系统")
    city.walker().record(project, "filing", {"name": "渔港监控", "kind": "新建", "origin": "年度申报"})
    assert numbers(city, "旧名", "applicant") == {}
    assert numbers(city, "yugang", "applicant") == {"拼音": [project.number]}
    city.unit.name = "市综合执法局"
    city.unit.save()
    assert numbers(city, "执法", "applicant") == {"建设单位": [project.number]}


def test_the_command_mends_what_was_imported_past_the_model(city):
    project = city.draft()
    Project.objects.filter(pk=project.pk).update(search_text="")
    assert (reindex(Project.objects.all()), reindex(Project.objects.all())) == (1, 0)
    assert matching(Project.objects.all(), "智慧").get() == project


def test_pinyin_reads_words_not_characters():
    assert text_of("YQ-1", "重庆 API 平台", "", "").split("\n") == [
        "yq-1", "重庆 api 平台", "chongqingapipingtai", "cqapipt",
    ]  # fmt: skip


def test_the_page_groups_escapes_and_helps(city, client):
    client.force_login(city.users["centre"])
    project = city.project("filed", name="<i>平台</i>甲")
    page = client.get("/search/", {"q": "<i>平台"}).content.decode()
    assert "&lt;i&gt;平台&lt;/i&gt;甲" in page and "<i>平台" not in page
    assert project.number in page
    empty = client.get("/search/", {"q": "没有的"}).content.decode()
    assert "没有找到“没有的”" in empty and "拼音首字母" in empty
    assert client.get("/search/?q=%00").status_code == client.get("/search/").status_code == 200


def test_the_page_costs_the_same_at_2_and_20_rows(city, client):
    client.force_login(city.applicant)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/search/?q=平台").status_code == 200
        return len(asked)

    for number in range(2):
        city.draft(name=f"平台{number}")
    queries()  # what a session notes at its first page
    two = queries()
    for number in range(18):
        city.draft(name=f"平台再{number}")
    assert queries() == two


def test_the_list_asks_the_same_way(city, client):
    client.force_login(city.applicant)
    project = city.draft()
    assert project.number in client.get("/projects/?q=zhcg").content.decode()
    assert project.number not in client.get("/projects/?q=zhcx").content.decode()
