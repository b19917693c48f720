"""Here: the review page for what is not 乐清's preliminary opinion: the scheme, and other places' own opinions. Not here: that one."""

from datetime import date
from decimal import Decimal

import pytest

from egov_projects.scenarios.city import build
from egov_projects.walk import Walker
from organizations import clock
from policies.loader import load
from projects.filing import open_draft, publish_batch
from projects.models import Project
from reviews.models import SchemeOpinion
from reviews.phrases import TEXT, clauses, offered


def test_the_scheme_and_the_budget_stand_beside_the_opinion_on_the_scheme(city, client):
    project = city.project("scheme_filed", "900000.00")
    city.walker().record(project, "review_plan")
    client.force_login(city.users["centre"])
    page = client.get(f"/review/{project.number}/scheme_opinion/")
    opened = [each["kind"].name for each in page.context["on_file"] if each["open"]]
    assert {"scheme", "budget_sheet", "budget_approval"} <= set(opened)
    assert [item.code for each in page.context["criteria"] for item in each["items"]] == ["4a", "4b", "4c"]
    refused = client.post(f"/review/{project.number}/scheme_opinion/", {"text": "写到一半", "checklist-0-item": "4a"})
    assert (refused.status_code, refused.context["form"]["text"].value()) == (400, "写到一半")
    rows = {f"checklist-{at}-{key}": value for at, code in enumerate(("4a", "4b", "4c")) for key, value in (
        ("item", code), ("conclusion", "符合"), ("basis", "国家标准"), ("remark", "已核对"))}  # fmt: skip
    rows |= {f"approved-0-{key}": value for key, value in (
        ("name", "平台"), ("quantity", "1"), ("unit", "套"), ("amount", "900000.00"))}  # fmt: skip
    sent = {"conclusion": "通过", "text": "同意。", "signer": "王主任", "signed_on": clock.today().isoformat()} | rows
    answer = client.post(f"/review/{project.number}/scheme_opinion/?queue=0", sent)
    assert (answer.status_code, answer.headers["location"]) == (302, f"/review/{project.number}/?queue=0")
    assert SchemeOpinion.objects.get().checklist.count() == 3
    assert client.get(f"/review/{project.number}/tender_review/").status_code == 404


@pytest.mark.parametrize(
    ("code", "on", "kind", "origin", "first", "clause"),
    [
        ("zhucheng-2020", date(2021, 3, 1), "政府投资建设", "单位申报", "planning_review", "ZC-A4-2"),
        ("taicang-2021", date(2021, 8, 2), "新建", "集中申报", "preliminary_opinion", "TC-A8-2"),
    ],
)
def test_another_place_writes_its_own_opinion_under_its_own_clause(db, client, code, on, kind, origin, first, clause):
    pack = load(code)
    with clock.at(on):
        city = build(pack, keep=True)
        days = {"calendar_year": on.year, "opens_on": on.replace(day=1), "closes_on": on.replace(day=28)}
        batch = publish_batch(actor=city.users["centre"], title="申报通知", **days)
        project = open_draft(actor=city.users["applicant"], name="城管平台", kind=kind, origin=origin)
        Project.objects.filter(pk=project.pk).update(declared_total=Decimal("500000.00"), batch=batch)
        walker = Walker(city.users)
        walker.record(Project.objects.get(pk=project.pk), "filing")
        project = walker.walk_to(Project.objects.get(pk=project.pk), "filed")
        client.force_login(city.users["centre"])
        page = client.get(f"/review/{project.number}/{'planning_review/' if first == 'planning_review' else ''}")
    assert (page.status_code, page.context["kind"].name, page.context["criteria"]) == (200, first, [])
    assert page.context["label"] in page.content.decode()
    if code == "taicang-2021":
        assert [text for text, _ in page.context["needed"]] == ["审核判断", "专家评审"]
    assert {each.clause for each in offered(project)[TEXT]} == {clause}
    assert clauses(pack) == [(clause, f"{clause} 审核意见(整体)")]
