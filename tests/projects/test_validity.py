"""Here: that nobody files under a lapsed or a draft instrument, and what pages say of it. Not here: its rules (scenarios)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from organizations.models import Jurisdiction
from policies.engine import assess
from policies.loader import load
from projects.errors import Invalid, NotOffered
from projects.filing import open_draft
from projects.models import Project
from projects.transitional import misfit
from projects.transitions import perform
from projects.validity import for_comparison

LAPSED, DRAFT = "chengdu-2015", "nanchong-draft"


def put_under(city, code: str) -> dict:
    """Put the city under an instrument behind the back of its form, and give what a draft there needs."""
    Jurisdiction.objects.filter(pk=city.jurisdiction.pk).update(pack=code)
    pack = load(code)
    return {"actor": city.applicant, "name": "智慧城管平台", "kind": pack.kinds[0], "origin": pack.origins[0]}


@pytest.mark.parametrize(("code", "word"), [(LAPSED, "已失效"), (DRAFT, "征求意见稿")])
def test_no_draft_is_opened_under_what_binds_nobody(city, client, code, word):
    given = put_under(city, code)
    with pytest.raises(Invalid, match=f"{word},仅供对照,不能据此申报新项目"):
        open_draft(**given)
    client.force_login(city.applicant)
    page = client.get("/projects/new/").content.decode()
    assert f"{word},仅供对照" in page and "建立草稿" not in page
    posted = client.post("/projects/new/", {key: given[key] for key in ("name", "kind", "origin")})
    assert (posted.status_code, Project.objects.count()) == (400, 0)


def test_a_draft_that_waited_is_not_filed_but_a_project_of_its_time_can_be_entered(city):
    given = put_under(city, LAPSED)
    with for_comparison():
        project = open_draft(**given)
    with pytest.raises(NotOffered, match="已失效,仅供对照"):
        perform(project.pk, "file", actor=city.applicant)
    with for_comparison():
        passage = perform(project.pk, "file", actor=city.applicant)
    assert {each["outcome"] for each in passage.verdicts if each["rule"] == "CD15-A2-1"} == {"flags"}
    assert not any(each["blocks"] for each in passage.verdicts)


def test_no_project_is_taken_over_to_it(city):
    assert "仅供对照" in misfit(city.draft(), load(DRAFT))


@pytest.mark.parametrize(
    ("code", "message"),
    [(LAPSED, "不能设为辖区适用的文件"), (DRAFT, "不能设为辖区适用的文件"), ("nowhere", "没有代码为“nowhere”的适用文件")],
)
def test_no_jurisdiction_is_set_to_it(city, code, message):
    city.jurisdiction.full_clean()
    city.jurisdiction.pack = code
    with pytest.raises(ValidationError, match=message):
        city.jurisdiction.full_clean()


@pytest.mark.parametrize(("code", "word"), [(LAPSED, "已失效"), (DRAFT, "征求意见稿")])
def test_its_pages_say_so(city, client, code, word):
    assert "仅供对照。" in client.get(f"/packs/{code}/").content.decode()
    assert f"{word} · 仅供对照" in client.get("/packs/").content.decode()
    compared = client.get("/compare/", {"on": "2024-03-01"})
    assert not compared.context["columns"][-1][0].pack.binding and compared.context["columns"][0][0].pack.binding
    assert f'{word}</span> 仅供对照,不能据此申报' in compared.content.decode()
    assert f"({word},仅供对照)" in client.get("/whatif/").content.decode()


def test_a_guide_is_shown_as_a_guide_and_not_as_the_rules_it_stands_beside(city, client):
    page = client.get("/packs/sichuan-provincial/", {"q": "验收工作指南"})
    rules = [each for section in page.context["sections"] for each in section["rules"]]
    assert len(rules) == 20 and {each["rule"].id.split("-")[0] for each in rules} == {"YS"}
    assert {each["status"] for each in rules} == {"指南", "展示"}
    assert dict(page.context["about"]["counts"])["指南"] == 31
    asked = assess("record:acceptance_conclusion", load("sichuan-provincial"), {}, on=date(2022, 3, 1))
    verdict = next(each for each in asked if each.rule == "YS-3-1")
    assert (verdict.outcome, verdict.citation) == ("flags", "四川省省级政务信息化项目验收工作指南 指南三(YS-3-1)")
