"""Here: what pages cost and how they refuse, without a browser. Not here: who may open them (tests/test_matrix.py)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from projects.evidence import EVIDENCE
from projects.models import Project
from projects.presentation import lifecycle_bar
from projects.representations import stage_of
from projects.transitions import perform

pytestmark = pytest.mark.django_db


def queries(client, url) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def crowd(city, number: int) -> None:
    Project.objects.bulk_create(
        [
            Project(
                jurisdiction=city.jurisdiction, department=city.unit, created_by=city.applicant,
                created_at="2026-03-02T00:00:00Z", number=f"T-{each}", pack_code="yueqing-2015", name=f"草稿{each}",
                kind="新建", origin="年度申报",
            )
            for each in range(number)
        ]
    )  # fmt: skip


def test_list_detail_and_inbox_cost_the_same_beside_1_and_beside_50_projects(city, client):
    project = city.project("filed")
    client.force_login(city.applicant)
    urls = [reverse("projects:list"), reverse("projects:project", args=[project.number]), reverse("desk:home"), reverse("desk:mine")]
    alone = [queries(client, url) for url in urls]
    crowd(city, 49)
    assert [queries(client, url) for url in urls] == alone


def test_a_refused_record_keeps_what_was_typed_and_names_the_clause(city, client):
    project = city.project("scheme_filed", "2400000.00")
    client.force_login(city.users["centre"])
    url = reverse("projects:record", args=[project.number, "review_fee"])
    answer = client.post(url, {"payer": "电子政务中心", "amount": "6000.00", "paid_on": "2026-03-02", "remark": "评审费用如数"})
    assert answer.status_code in (400, 409)
    assert "评审费用如数" in answer.content.decode()


def stage_now(project) -> list[str]:
    return [stage["name"] for stage in lifecycle_bar(project) if stage["position"] == "now"]


def test_a_resumed_project_shows_the_stage_it_has_reached_since(city):
    project = city.project("filed")
    for move in ("suspend", "resume"):
        perform(project.pk, move, actor=city.users["gov_office"], note="核实情况")
        project.refresh_from_db()
        assert (stage_of(project), stage_now(project)) == ("预审", ["预审"])
    city.walker().walk_to(project, "endorsed")
    assert (stage_of(project), stage_now(project)) == ("预算", ["预算"])


def test_the_list_takes_the_form_as_a_browser_sends_it(city, client):
    project = city.project()
    client.force_login(city.users["centre"])
    whole = "/projects/?q=&state=&kind=&origin=&funding=&plan_year=&investment_min=&investment_max="
    assert project.name in client.get(whole).content.decode()
    assert project.name not in client.get(f"{whole}&state=draft").content.decode()
    assert client.get(f"{whole}&state=nowhere").status_code == 400


def test_a_table_grows_without_a_script_and_without_saving(city, client):
    project = city.project("scheme_filed", "2400000.00")
    client.force_login(city.users["centre"])
    url = reverse("projects:record", args=[project.number, "scheme_opinion"])
    cells = {f"approved-{at}-name": f"设备{at}" for at in range(5)}
    answer = client.post(url, cells | {"text": "写到一半", "approved-4-quantity": "看不懂", "add": "approved"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "写到一半" in page and 'value="设备4"' in page and 'value="看不懂"' in page
    assert page.count('name="approved-7-name"') == 1 and 'name="approved-8-name"' not in page
    assert page.count('name="approved-__n__-name"') == 1
    assert not EVIDENCE["scheme_opinion"].valid(project).exists()
