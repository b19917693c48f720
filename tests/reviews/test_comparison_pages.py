"""Here: the pages of corrections and look-alikes: what they say, refuse and cost. Not here: who may open them (matrix)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from projects.models import Project
from reviews import corrections, duplicates
from reviews.models import DuplicateJudgement, DuplicateSearch

OBJECTIVE = {"clause": "YQ-1.2-5", "part": "objective", "content": "目标不清楚", "expected": "写明量化目标"}
ESTIMATE = {"clause": "YQ-1.2-11", "part": "estimate", "content": "明细不足"}


@pytest.fixture
def returned(city, desk):
    """Sent back with two defects."""
    project = city.project("filed")
    desk.record(project, "return_letter", defects=[OBJECTIVE, ESTIMATE])
    desk.do(project, "return_filing")
    return project


@pytest.fixture
def pair(city):
    """Two projects of one unit that look alike."""
    return city.project("filed", name="智慧城管平台一期"), city.project("filed", name="智慧城管平台二期")


def page(client, user, name, project, data=None, **query):
    client.force_login(user)
    path = reverse(f"reviews:{name}", args=[project.number])
    return client.post(path, data) if data is not None else client.get(path, query)


def text(response) -> str:
    return response.content.decode()


def test_a_unit_answers_on_the_page_and_sees_what_is_left(client, city, returned):
    first, second = corrections.unanswered(returned)
    shown = text(page(client, city.applicant, "corrections", returned))
    assert "一次性告知书 · 第 1 轮" in shown
    assert "还有 2 项没有答复" in shown
    assert f'href="/projects/{returned.number}/filing/content/#id_objective"' in shown
    assert f'href="/projects/{returned.number}/filing/estimate/#table-estimate"' in shown
    for point in (first, second):
        data = {"point": point.defect.pk, "defect": point.defect.pk, "text": "已补充", "changed": "on"}
        answer = page(client, city.applicant, "corrections", returned, data)
        assert answer.headers["Location"].endswith(f"/corrections/#d{point.defect.pk}")
    assert "各项都已答复。" in text(page(client, city.applicant, "corrections", returned))
    assert corrections.unanswered(returned) == []


def test_an_empty_answer_is_told_at_its_field_and_nothing_is_lost(client, city, returned):
    first, _ = corrections.unanswered(returned)
    data = {"point": first.defect.pk, "defect": first.defect.pk, "text": " ", "material": "construction_plan"}
    answer = page(client, city.applicant, "corrections", returned, data)
    assert answer.status_code == 400
    assert f'id="d{first.defect.pk}-text_error"' in text(answer)
    assert '<option value="construction_plan" selected>' in text(answer)


def test_the_page_tells_what_has_changed_since_the_return(client, city, returned):
    assert "与退回时相同" in text(page(client, city.applicant, "corrections", returned))
    city.walker().record(returned, "filing", {"objective": "网上办理率不低于 90%。"})
    shown = text(page(client, city.applicant, "corrections", returned))
    assert (shown.count("与退回时相比已有改动"), shown.count("与退回时相同")) == (1, 1)


def test_the_centre_settles_points_on_the_page(client, city, desk, returned):
    desk.answer(returned)
    desk.do(returned, "file", by="applicant")
    first, second = corrections.unjudged(returned)
    refused = page(
        client, city.users["centre"], "corrections", returned,
        {"point": first.defect.pk, "answer": first.answer.pk, "conclusion": "不认可", "reason": ""},
    )  # fmt: skip
    assert (refused.status_code, "不认可的,请写明理由。" in text(refused)) == (400, True)
    for point, conclusion, reason in ((first, "不认可", "仍不清楚"), (second, "认可", "")):
        data = {"point": point.defect.pk, "answer": point.answer.pk, "conclusion": conclusion, "reason": reason}
        assert page(client, city.users["centre"], "corrections", returned, data).status_code == 302
    assert [each.state for each in corrections.open_round(returned).points] == ["待答复", "已认可"]


def test_the_project_page_leads_to_what_waits(client, city, desk, returned):
    client.force_login(city.applicant)
    shown = text(client.get(reverse("projects:project", args=[returned.number])))
    assert "<b>退回补正(第 1 轮)</b> 共 2 项:待答复 2,已答复 0,已认可 0。" in shown
    assert "一次性告知书还有 2 项没有答复,全部答复后才能再次报送。" in shown
    assert reverse("reviews:duplicates", args=[returned.number]) not in shown, "a unit does not see others' projects"


def test_look_alikes_stand_side_by_side(client, city, pair):
    shown = text(page(client, city.users["centre"], "duplicates", pair[1]))
    assert "<mark>智慧城管平台</mark>二期" in shown
    assert "<mark>智慧城管平台</mark>一期" in shown
    assert "待判定 <b>1</b> 个" in shown
    found = duplicates.pending(pair[1]).get()
    data = {"candidate": found.pk, "conclusion": "不重复", "remark": "二期是新的功能。", "keep": ""}
    assert page(client, city.users["centre"], "duplicates", pair[1], data).status_code == 302
    assert DuplicateJudgement.objects.get().remark == "二期是新的功能。"
    assert "已全部判定" in text(page(client, city.users["centre"], "duplicates", pair[1]))


def test_a_judgement_without_its_remark_is_told_at_the_field(client, city, pair):
    found = duplicates.pending(pair[1]).get()
    data = {"candidate": found.pk, "conclusion": "归并", "remark": "", "keep": ""}
    answer = page(client, city.users["centre"], "duplicates", pair[1], data)
    assert answer.status_code == 400
    assert f'id="c{found.pk}-remark_error"' in text(answer)
    assert "请选择归并后保留哪一个项目。" in text(answer)


def test_a_search_that_did_not_run_is_unfinished(client, city, pair):
    DuplicateSearch.objects.filter(project=pair[1]).update(status="未完成", problem="ValueError")
    shown = text(page(client, city.users["centre"], "duplicates", pair[1]))
    assert "查重未完成" in shown
    assert "不能据此认为没有重复" in shown
    again = page(client, city.users["centre"], "duplicates", pair[1], {"again": "1"})
    assert again.status_code == 302
    assert "查重完成" in text(page(client, city.users["centre"], "duplicates", pair[1]))


def test_the_unit_gets_no_look_alikes(client, city, pair):
    assert page(client, city.applicant, "duplicates", pair[1]).status_code == 404


def test_look_alikes_cost_the_same_for_any_number(client, city, pair):
    asked = []
    for more in (1, 6):
        for number in range(more):
            city.project("filed", name=f"智慧城管平台{more}{number}期")
        project = Project.objects.get(pk=pair[0].pk)
        client.force_login(city.users["audit"])
        client.get(reverse("reviews:duplicates", args=[project.number]))
        with CaptureQueriesContext(connection) as found:
            page(client, city.users["audit"], "duplicates", project)
        asked.append(len(found))
    assert asked[0] == asked[1]
