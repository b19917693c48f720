"""Papers about no single project: the yearly notice and the locked plan go out to everybody of the place."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from budget.lock import lock_plan, unlock_plan
from papers.models import Paper
from projects.filing import publish_batch
from projects.models import FilingBatch
from projects.papers import notices
from tests.conftest import build_city


def publish(city, **fields) -> FilingBatch:
    """A notice of the governing office on 2026-03-02."""
    return publish_batch(
        actor=city.users["gov_office"], title="关于申报2027年度电子政务项目的通知", calendar_year=2026,
        opens_on=date(2026, 3, 2), closes_on=date(2026, 4, 30), **fields,
    )  # fmt: skip


def client(user) -> Client:
    """Somebody's browser."""
    browser = Client()
    browser.force_login(user)
    return browser


def test_notice_without_a_number_gets_the_next_one(city):
    first, second = publish(city), publish(city)
    assert [first.doc_no, FilingBatch.objects.get(pk=second.pk).doc_no] == ["乐政办函〔2026〕1号", "乐政办函〔2026〕2号"]
    paper = notices("batch", [first, second])[first.pk]
    assert (paper.label, paper.number, paper.project) == ("申报通知", "乐政办函〔2026〕1号", None)
    assert paper.content["mark"] == "乐清市府办文件"
    assert paper.content["copies_to"] == ["市电子政务中心", "市财政局"]


def test_notice_numbered_elsewhere_is_not_numbered_again(city):
    batch = publish(city, doc_no="乐政办函〔2026〕88号")
    assert (batch.doc_no, Paper.objects.count()) == ("乐政办函〔2026〕88号", 0)


def test_every_lock_of_a_plan_is_a_paper_of_its_own(city):
    finance, place = city.users["finance"], city.jurisdiction
    first = lock_plan(actor=finance, jurisdiction=place, year=2027)
    unlock_plan(actor=finance, jurisdiction=place, year=2027, reason="追加安排")
    second = lock_plan(actor=finance, jurisdiction=place, year=2027)
    found = notices("plan", [first, second])
    assert [found[first.pk].number, found[second.pk].number] == ["乐财电政〔2026〕1号", "乐财电政〔2026〕2号"]
    assert "乐财电政〔2026〕2号" in client(finance).get(reverse("reports:plan_year", args=[2027])).content.decode()


def test_pages_lead_to_the_files(city):
    paper = notices("batch", [publish(city)]).popitem()[1]
    page = client(city.applicant).get("/batches/").content.decode()
    assert f'href="/notices/{paper.pk}/pdf/"' in page
    assert "乐政办函〔2026〕1号" in page


@pytest.mark.parametrize("form", ["docx", "exe"])
def test_everybody_of_the_place_has_the_file_and_nobody_else(city, form):
    paper = notices("batch", [publish(city)]).popitem()[1]
    answer = client(city.applicant).get(f"/notices/{paper.pk}/{form}/")
    assert answer.status_code == (200 if form == "docx" else 404)
    if form == "docx":
        assert b"".join(answer.streaming_content)[:2] == b"PK"
        assert client(build_city("elsewhere").users["applicant"]).get(f"/notices/{paper.pk}/docx/").status_code == 404


def test_paper_of_a_project_is_no_notice(city):
    project = city.project("endorsed")
    paper = Paper.objects.get(project=project)
    assert client(city.applicant).get(f"/notices/{paper.pk}/docx/").status_code == 404
