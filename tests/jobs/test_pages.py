"""Here: 我的任务 in the browser and over REST: who sees what. Not here: doing jobs (test_running)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from egov_projects.celery import app
from jobs import running
from jobs import start as sending
from jobs.models import Job
from jobs.start import cancel, start
from jobs.sweep import sweep
from organizations.models import AuditEvent


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def status_of(user, address: str) -> int:
    answer = client_of(user).get(address)
    b"".join(answer)  # a file is closed when it has been read
    return answer.status_code


def test_the_result_is_fetched_by_whoever_asked_and_is_404_for_others(made, city):
    answer = client_of(city.applicant).get(f"/jobs/{made.pk}/result/")
    assert b"".join(answer.streaming_content).decode() == "甲乙丙"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "text/plain"
    assert (
        AuditEvent.objects.filter(action="job.download", actor=city.applicant, detail__sha256=made.sha256).count() == 1
    )
    for name in ("sibling", "other", "centre", "gov_office", "audit"):
        for page in ("", "result/"):
            assert status_of(city.users[name], f"/jobs/{made.pk}/{page}") == 404
            assert status_of(city.users[name], f"/api/v1/jobs/{made.pk}/{page}") == 404
        assert client_of(city.users[name]).post(f"/jobs/{made.pk}/cancel/").status_code == 404


def test_a_job_about_a_project_is_seen_by_whoever_sees_the_project(city):
    draft = city.draft()
    job = start("trial.file", actor=city.applicant, key="of a project", project=draft, text="甲")
    running.run(str(job.pk))
    assert job.jurisdiction == city.jurisdiction
    statuses = {name: status_of(user, f"/jobs/{job.pk}/result/") for name, user in city.users.items()}
    seen = {name for name, status in statuses.items() if status == 200}
    assert seen == {"applicant", "sibling", "gov_office", "audit"}  # a draft: not yet the offices
    assert set(statuses.values()) == {200, 404}
    assert client_of(city.users["sibling"]).post(f"/jobs/{job.pk}/retry/").status_code == 404


def test_a_result_goes_when_its_time_is_over(made, city):
    client = client_of(city.applicant)
    Job.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert sweep().expired == 1
    assert sweep().expired == 0
    assert client.get(f"/jobs/{made.pk}/result/").status_code == 404
    assert "结果已过保留期限" in client.get(f"/jobs/{made.pk}/").content.decode()
    assert client.get(f"/api/v1/jobs/{made.pk}/").json()["result"] is None


def test_the_page_asks_for_progress_until_the_end(city):
    job, client = start("trial.mark", actor=city.applicant, number=1), client_of(city.applicant)
    assert 'data-hx-trigger="every 2s"' in client.get(f"/jobs/{job.pk}/").content.decode()
    part = client.get(f"/jobs/{job.pk}/", headers={"HX-Request": "true"})
    assert "排队中" in part.content.decode()
    assert "<html" not in part.content.decode()
    running.run(str(job.pk))
    assert client.get(f"/jobs/{job.pk}/", headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "data-hx-trigger" not in client.get(f"/jobs/{job.pk}/").content.decode()


def test_cancel_and_retry_in_the_browser(city):
    job, client = start("trial.mark", actor=city.applicant, number=1), client_of(city.applicant)
    assert client.post(f"/jobs/{job.pk}/cancel/").status_code == 302
    assert "重新执行" in client.get(f"/jobs/{job.pk}/").content.decode()
    assert "任务已经结束" in client.post(f"/jobs/{job.pk}/cancel/", follow=True).content.decode()
    assert client.post(f"/jobs/{job.pk}/retry/").status_code == 302
    running.run(str(job.pk))
    assert "只有未完成或者已取消的任务可以重做" in client.post(f"/jobs/{job.pk}/retry/", follow=True).content.decode()
    wanted = ["job.start", "job.cancel", "job.retry"]
    found = AuditEvent.objects.filter(actor=city.applicant, action__in=wanted).order_by("id")
    assert list(found.values_list("action", flat=True)) == wanted


@pytest.mark.parametrize("address", ["/jobs/", "/api/v1/jobs/"])
def test_a_list_costs_the_same_for_two_and_for_twenty(city, django_assert_max_num_queries, address):
    client, project = client_of(city.applicant), city.draft()

    def ask() -> int:
        with django_assert_max_num_queries(20) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    for number in range(2):
        start("trial.mark", actor=city.applicant, project=project, number=number)
    ask()
    few = ask()
    for number in range(18):
        start("trial.mark", actor=city.applicant, project=project, number=number)
    assert ask() == few
    assert client.get("/api/v1/jobs/").json()["results"][0]["project"] == project.number


def test_the_list_shows_ones_own_by_how_they_ended(made, city):
    cancel(start("trial.mark", actor=city.applicant, title="不要了", number=1), actor=city.applicant)
    client = client_of(city.applicant)
    assert "项目表" in client.get("/jobs/?show=done").content.decode()
    failed = client.get("/jobs/?show=failed").content.decode()
    assert "不要了" in failed
    assert "项目表" not in failed
    assert "项目表" not in client_of(city.users["sibling"]).get("/jobs/").content.decode()


@contextmanager
def speaking_to_a_broker() -> Iterator[None]:
    """Celery as in production; the private broker that it speaks to is not there."""
    app.conf.task_always_eager = False
    try:
        yield
    finally:
        app.conf.task_always_eager = True
        sending._away_until = 0.0


def test_with_the_broker_down_pages_answer_and_the_job_waits(city, caplog, django_capture_on_commit_callbacks):
    if settings.REDIS_URL:
        return
    Job.objects.all().delete()  # the city has issued a paper
    with speaking_to_a_broker():
        with django_capture_on_commit_callbacks(execute=True):
            job = start("trial.mark", actor=city.applicant)
            start("trial.mark", actor=city.applicant)
        said = [record.msg["event"] for record in caplog.records if record.name == "jobs.start"]
        assert said == ["job_not_sent"], "asked once, then left in peace"
        assert "等待后台处理" in client_of(city.applicant).get(f"/jobs/{job.pk}/").content.decode()
        assert sweep().sent == 0
    assert sweep().sent == 2
    assert set(Job.objects.values_list("status", flat=True)) == {Job.DONE}
