"""Here: an office of a place above reads, visibly and on record, and takes no part. Not here: every address (test_matrix)."""

import pytest
from django.urls import reverse

from desk.talking import comment, urge
from organizations.models import AuditEvent, Jurisdiction, Office, Organization, User
from policies.loader import load
from projects import scope
from projects.errors import Forbidden
from projects.evidence import record
from projects.materials import attach
from projects.models import Project, Waiver
from projects.scope import ABOVE, looked_into, looks, offices_that_see, places_of, visible_projects
from projects.transitions import options, perform
from projects.waivers import decide_waiver, request_waiver
from tests.conftest import build_city


def official(place: Jurisdiction, role: str) -> User:
    unit = Organization.objects.create(jurisdiction=place, name=f"{place.name}{role}")
    Office.objects.create(jurisdiction=place, role=role, organization=unit)
    return User.objects.create_user(f"{place.code}-{role}", password="x", organization=unit, display_name=role)


@pytest.fixture
def province(city) -> Jurisdiction:
    """示范省 above the city, with one county below the city."""
    place = Jurisdiction.objects.create(code="province", name="示范省", pack="sichuan-provincial")
    city.jurisdiction.parent = place
    city.jurisdiction.save()
    return place


def seen(user: User) -> set[str]:
    return set(visible_projects(User.objects.get(pk=user.pk)).values_list("name", flat=True))


def test_governing_office_and_audit_find_what_is_filed_in_every_place_below(city, province):
    county = build_city("county")
    Jurisdiction.objects.filter(pk=county.jurisdiction.pk).update(parent=city.jurisdiction)
    strange = build_city("strange")
    city.draft(name="草稿")
    city.project("filed", name="市里的")
    for other, name in ((county, "县里的"), (strange, "外地的")):
        other.walker().walk_to(other.draft(name=name), "filed")
    people = {role: official(province, role) for role in ("centre", "audit", "finance", "gov_office")}
    assert seen(people["centre"]) == seen(people["audit"]) == {"市里的", "县里的"}
    assert seen(people["finance"]) == seen(people["gov_office"]) == set()
    assert seen(city.users["gov_office"]) == {"草稿", "市里的", "县里的"}
    assert seen(county.users["gov_office"]) == {"县里的"}
    assert [place.code for place in places_of(people["centre"])] == ["province", "county", "yueqing"]


def test_who_may_look_is_the_packs_to_say(city, province, monkeypatch):
    city.project("filed")
    finance = official(province, "finance")
    assert not visible_projects(finance).exists()
    pack = load("sichuan-provincial")
    monkeypatch.setattr(scope, "load", lambda code: pack if code != pack.code else _told(pack, ("finance",)))
    assert visible_projects(User.objects.get(pk=finance.pk)).count() == 1


def _told(pack, roles: tuple[str, ...]):
    from dataclasses import replace

    return replace(pack, sees_below=roles)


@pytest.mark.parametrize("role", ["centre", "finance", "audit"])
def test_nobody_above_can_act_in_a_project_below(city, province, role):
    project, user = city.project("filed"), official(province, role)
    waiver = request_waiver(project.pk, "YQ-3.4-11", actor=city.applicant, reason="规模小", basis="测试文号")
    refusal = (Forbidden, Project.DoesNotExist)
    for move in ("endorse", "return_filing", "suspend", "terminate", "reject"):
        with pytest.raises(refusal):
            perform(project.pk, move, actor=user, note="试")
    for name, data in (
        ("filing_receipt", {"outcome": "受理"}),
        ("payment", {}),
        ("preliminary_opinion", {}),
        ("expert_review", {}),
    ):
        with pytest.raises(refusal):
            record(project.pk, name, data, actor=user)
    with pytest.raises(refusal):
        decide_waiver(waiver.pk, actor=user, grant=True)
    with pytest.raises(refusal):
        request_waiver(project.pk, "YQ-3.4-11", actor=user, reason="x", basis="x")
    with pytest.raises(refusal):
        attach(project.pk, "construction_plan", actor=user, upload=None, status="草稿")
    for say in (lambda: comment(project, actor=user, text="意见"), lambda: urge(project, actor=user)):
        with pytest.raises(refusal):
            say()
    assert not any(option.permitted for option in options(project, user))
    assert offices_that_see(project).filter(organization=user.organization).count() == 0
    assert (Project.objects.get(pk=project.pk).state, Waiver.objects.get(pk=waiver.pk).decision) == (
        "filed",
        Waiver.PENDING,
    )


def test_a_look_is_marked_and_recorded_in_browser_and_rest(city, province, client):
    project, user = city.project("filed"), official(province, "centre")
    assert looks(user, project) == ABOVE
    client.force_login(user)
    page = client.get(f"/projects/{project.number}/").content.decode()
    assert '<span class="tag">上级查阅</span>' in page
    assert "登记</a>" not in page
    assert client.get(f"/api/v1/projects/{project.number}/").status_code == 200
    file = project.attachments.order_by("pk").first()
    assert b"".join(client.get(f"/projects/{project.number}/attachments/{file.pk}/")).startswith(b"%PDF")
    looked = AuditEvent.objects.filter(action="project.look", project_id=project.pk, actor=user).order_by("pk")
    assert [each.target for each in looked] == [
        f"/projects/{project.number}/", f"/api/v1/projects/{project.number}/",
        f"/projects/{project.number}/attachments/{file.pk}/",
    ]  # fmt: skip
    answer = client.post(reverse("projects:move", args=[project.number, "endorse"]), {"note": "x"})
    assert answer.status_code == 403
    client.force_login(city.users["centre"])
    client.get(f"/projects/{project.number}/")
    assert looked.count() == 3


def test_lists_name_the_place_and_can_be_narrowed_to_it(city, province, client):
    project = city.project("filed", name="市里的")
    request_waiver(project.pk, "YQ-3.4-11", actor=city.applicant, reason="规模小", basis="测试文号")
    client.force_login(official(province, "centre"))
    page = client.get("/projects/").content.decode()
    assert '<th scope="col">辖区</th>' in page
    assert '<td data-label="辖区">乐清市</td>' in page
    assert "市里的" in client.get("/projects/?place=yueqing").content.decode()
    assert "市里的" not in client.get("/projects/?place=province").content.decode()
    rows = client.get("/api/v1/projects/?place=yueqing").json()["results"]
    assert [row["place"] for row in rows] == [{"code": "yueqing", "name": "乐清市"}]
    assert ">乐清市 市城市管理局</option>" in client.get("/waivers/").content.decode()
    for path in ("/deadlines/", "/deadlines/statistics/", "/performance/", "/search/?q=市里"):
        shown = client.get(path).content.decode()
        assert "辖区" in shown or "乐清市" in shown, path


def test_whoever_has_no_place_below_is_asked_nothing_more(city, django_assert_num_queries):
    user = city.users["gov_office"]
    list(visible_projects(user))
    with django_assert_num_queries(0):
        assert looked_into(user) == frozenset()
