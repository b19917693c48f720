"""Here: the page of the volumes: what is missing, making one, downloads. Not here: what is in a volume (test_volume.py)."""

from decimal import Decimal

import pytest
from django.urls import reverse

from jobs import running
from jobs.models import Job
from jobs.start import cancel
from organizations.models import AuditEvent
from projects.investment import CHANGE, set_investment
from projects.models import Material


def page_of(project) -> str:
    return reverse("reports:volume", args=[project.number])


def test_the_page_says_what_is_missing_and_who_owes_it(client, city):
    project = city.project("filed")
    Material.objects.filter(project=project, code="feasibility").delete()
    client.force_login(city.users["finance"])
    page = client.get(page_of(project)).content.decode()
    assert "可行性分析" in page and "应由 市城市管理局 提供" in page and "YQ-3.1-12" in page
    assert "缺 1 件也可以成册" in page
    assert "项目预审申报表" in page


def test_a_second_press_is_the_same_job_and_a_cancelled_one_starts_again(client, city):
    project = city.project("filed")
    client.force_login(city.applicant)
    for _ in range(2):
        assert client.post(page_of(project)).status_code == 302
    job = Job.objects.get(kind="volume.make")
    assert (job.status, "等待后台处理" in client.get(page_of(project)).content.decode()) == ("queued", True)
    cancel(job, actor=city.applicant)
    assert running.run(str(job.pk)) is False
    assert "上次已取消" in client.get(page_of(project)).content.decode()
    client.force_login(city.users["centre"])
    client.post(page_of(project))
    again = Job.objects.filter(kind="volume.make").exclude(pk=job.pk).get()
    assert (again.status, again.actor, project.volumes.count()) == ("queued", city.users["centre"], 0)


def test_a_volume_is_noted_and_downloaded_by_those_who_see_the_project(client, city, made):
    volume, event = made.volumes.get(), AuditEvent.objects.get(action="volume.make")
    assert (event.project_id, event.detail["manifest"]) == (made.pk, volume.manifest_sha256)
    assert (volume.ledger_head, volume.ledger_length) == (made.ledger_head, made.ledger_length)
    for change in (volume.save, volume.delete):
        with pytest.raises(TypeError):
            change()
    client.force_login(city.applicant)
    page = client.get(page_of(made)).content.decode()
    assert volume.manifest_sha256 in page and "第 1 卷" in page
    answers = {form: client.get(reverse("reports:volume_file", args=[made.number, 1, form])) for form in ("pdf", "zip", "json")}
    bodies = {form: b"".join(answer.streaming_content) for form, answer in answers.items()}
    assert bodies["pdf"].startswith(b"%PDF-") and len(bodies["zip"]) == volume.size and bodies["json"].startswith(b"{")
    assert {answer["Content-Disposition"].partition(";")[0] for answer in answers.values()} == {"attachment"}
    assert int(answers["pdf"]["Content-Length"]) == len(bodies["pdf"])
    assert AuditEvent.objects.filter(action="volume.fetch", actor=city.applicant).count() == 3
    assert client.get(reverse("reports:volume_file", args=[made.number, 1, "exe"])).status_code == 404
    address = f"/api/v1/projects/{made.number}/volumes/"
    (row,) = client.get(address).json()["results"]
    assert (row["number"], row["manifest_sha256"], row["size"]) == (1, volume.manifest_sha256, volume.size)
    assert b"".join(client.get(f"{address}1/json/").streaming_content) == bodies["json"]
    client.force_login(city.users["other"])
    assert client.get(reverse("reports:volume_file", args=[made.number, 1, "zip"])).status_code == 404


def test_rest_starts_a_volume_once_and_tells_how_far_it_is(client, city):
    project = city.project("filed")
    client.force_login(city.applicant)
    address = f"/api/v1/projects/{project.number}/volumes/"
    assert client.get(address).json() == {"results": [], "job": None}
    started = [client.post(address) for _ in range(2)]
    assert [answer.status_code for answer in started] == [202, 202]
    assert started[0].json()["id"] == started[1].json()["id"] == client.get(address).json()["job"]["id"]
    assert client.get(address).json()["job"]["status"] == "queued"


def test_a_lifted_amount_shows_as_a_gap_on_the_page(client, city):
    project = city.project("scheme_approved", "500000.00")
    set_investment(project, Decimal("2500000.00"), CHANGE, actor=city.users["centre"])
    client.force_login(city.users["audit"])
    context = client.get(page_of(project)).context
    assert [gap.rule for gap in context["missing"]] == ["YQ-3.4-4", "YQ-3.4-11"]
    assert [gap.rule for gap in context["ahead"]] == ["YQ-3.5-3"]
