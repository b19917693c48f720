"""Here: what a pack says about who governs and who reads drafts, in a city where both differ. Not here: the clauses."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from desk.models import Notice
from desk.queues import queue_of
from egov_projects.scenarios.city import build
from egov_projects.walk import Walker
from organizations import clock
from organizations.models import User
from policies.loader import load
from projects.evidence import EVIDENCE
from projects.filing import open_draft, publish_batch
from projects.instruments import end_instrument, pack_in_force
from projects.models import Project
from projects.scope import offices_that_see, visible_projects
from projects.workspace import put_on_file
from reviews.checklist import applying
from reviews.criteria import ITEMS

DAY = date(2021, 3, 1)
CODE = "zhucheng-2020"


@pytest.fixture
def elsewhere(db):
    """A city under another instrument, on a day when it is in force."""
    with clock.at(DAY):
        yield build(load(CODE), keep=True)


def readers(city, project) -> set[str]:
    fresh = {role: User.objects.get(pk=user.pk) for role, user in city.users.items()}
    return {role for role, user in fresh.items() if visible_projects(user).filter(pk=project.pk).exists()}


def test_the_pack_says_who_reads_drafts(elsewhere):
    project = open_draft(
        actor=elsewhere.users["applicant"], name="城管平台", kind="政府投资建设", origin="单位申报"
    )
    assert readers(elsewhere, project) == {"applicant", "sibling", "centre", "gov_office", "audit", "security"}
    assert set(offices_that_see(project).values_list("role", flat=True)) == {"centre", "gov_office", "audit", "security"}


def test_a_signed_in_person_reads_the_same_as_one_at_hand(elsewhere, client):
    project = open_draft(
        actor=elsewhere.users["applicant"], name="城管平台", kind="政府投资建设", origin="单位申报"
    )
    for role, status in (("centre", 200), ("finance", 404)):
        client.force_login(elsewhere.users[role])
        assert client.get(f"/projects/{project.number}/").status_code == status


def test_the_governing_office_differs_by_city(elsewhere):
    notice = {"title": "通知", "calendar_year": 2021, "opens_on": DAY, "closes_on": date(2021, 12, 31)}
    with pytest.raises(PermissionDenied, match="年度申报通知由市大数据主管部门发布"):
        publish_batch(actor=elsewhere.users["gov_office"], **notice)
    assert publish_batch(actor=elsewhere.users["centre"], **notice).published_on == DAY


def test_an_extension_is_registered_by_the_governing_office(elsewhere):
    longer = {"effective_to": date(2030, 11, 23), "replaced_by": "延续文号"}
    with pytest.raises(PermissionDenied, match="文件失效由市大数据主管部门登记"):
        end_instrument(CODE, actor=elsewhere.users["gov_office"], **longer)
    assert pack_in_force(CODE).effective_to == date(2025, 11, 23)
    end_instrument(CODE, actor=elsewhere.users["centre"], **longer)
    assert pack_in_force(CODE).effective_to == date(2030, 11, 23)


def test_a_quarterly_report_is_told_to_three_offices_each_by_itself(elsewhere):
    """ZC-A17-3; and duties that only another instrument knows are nobody's."""
    walker = Walker(elsewhere.users)
    project = open_draft(
        actor=elsewhere.users["applicant"], name="城管平台", kind="政府投资建设", origin="单位申报"
    )
    project.declared_total = Decimal("500000.00")
    walker.record(project, "filing")
    project = walker.walk_to(Project.objects.get(pk=project.pk), "procuring")
    walker.record(project, "quarterly_report")
    told = Notice.objects.filter(project=project, event="record:quarterly_report")
    queues = {queue_of(project, role) for role in ("finance", "audit", "centre")}
    assert (set(told.values_list("to", flat=True)), told.count()) == (queues, 3)
    assert not project.duties.filter(name__in=["procurement_decision", "tender_review"]).exists()


def test_another_citys_review_criteria_are_not_asked():
    assert applying(load(CODE), ITEMS) == []
    assert applying(load("yueqing-2015"), ITEMS) == list(ITEMS)


def test_a_project_page_says_that_the_instrument_has_lapsed(elsewhere, client):
    user = elsewhere.users["applicant"]
    project = open_draft(actor=user, name="城管平台", kind="政府投资建设", origin="单位申报")
    client.force_login(user)
    for day, shown in ((date(2025, 11, 23), False), (date(2025, 11, 24), True)):
        with clock.at(day):
            page = client.get(f"/projects/{project.number}/").content.decode()
        assert ("已过有效期(2025-11-23 止)" in page, "各条只作提示,不拦截" in page) == (shown, shown)


def test_the_workspace_leads_to_what_the_instrument_asks_for_beside_the_filing(elsewhere, client):
    user = elsewhere.users["applicant"]
    project = open_draft(actor=user, name="城管平台", kind="政府投资建设", origin="单位申报")
    client.force_login(user)
    page = client.get(f"/projects/{project.number}/filing/records/")
    marks = {each["section"].code: each["mark"] for each in page.context["navigation_points"]}
    assert (marks["basics"], marks["content"], marks["records"]) == ("1", "", "0/6")
    assert [row["kind"].name for row in page.context["rows"] if row["asked"]] == [
        "secrecy_declaration", "construction_plan", "project_statement",
    ]  # fmt: skip
    check = client.get(f"/projects/{project.number}/filing/check/").content.decode()
    address = f"/projects/{project.number}/records/secrecy_declaration/"
    assert f'href="{address}">去登记</a>' in check
    example = EVIDENCE["secrecy_declaration"].example(project)
    answer = client.post(address, example)
    assert answer.url == f"/projects/{project.number}/filing/records/"
    assert put_on_file(project, user) == "1/6"
