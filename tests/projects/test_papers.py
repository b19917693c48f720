"""Here: papers through their doors: moves, buttons, reissue, numbers, hashes, who may. Not here: what rooms' papers say."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from organizations import clock
from papers import files, issuing
from papers.models import AppendOnlyError, NumberSeries, Paper, PaperFile
from projects import papers
from projects.errors import Forbidden
from projects.evidence import EVIDENCE, record, void
from projects.filing import publish_batch
from projects.papers import CannotIssue
from projects.transitions import perform
from tests.conftest import TODAY


@pytest.fixture
def project(city):
    """A project whose preliminary opinion has been issued by the move."""
    return city.project("endorsed")


@pytest.fixture
def opinion(project) -> Paper:
    """That opinion as a paper."""
    return project.papers.get(kind="preliminary_opinion")


def test_a_move_issues_its_paper_for_whoever_makes_it(city, project, opinion):
    spec = project.pack.papers["preliminary_opinion"]
    assert opinion.number == f"{spec.series}〔{opinion.issued_on.year}〕1号"
    assert (opinion.issuer, opinion.issued_by) == (city.offices["centre"], city.users["centre"])
    assert opinion.content["mark"] == "乐清市电子政务中心文件"
    assert opinion.source.startswith("preliminary_opinion:")
    assert opinion.intact


def test_numbers_follow_each_other_per_office_series_and_year(city):
    found = [city.project("endorsed", name=f"平台{at}").papers.get(kind="preliminary_opinion") for at in range(3)]
    assert [paper.serial for paper in found] == [1, 2, 3]
    with clock.at(TODAY.replace(year=TODAY.year + 1)):
        later = issuing.next_serial(city.offices["centre"], found[0].series, TODAY.year + 1)
    assert later == 1


def test_what_fails_leaves_no_gap(city, project, opinion):
    with pytest.raises(RuntimeError), transaction.atomic():
        papers.reissue(project.pk, opinion.pk, "试一试", actor=city.users["centre"])
        raise RuntimeError
    assert papers.reissue(project.pk, opinion.pk, "第一次失败", actor=city.users["centre"]).serial == 2


def test_a_reissue_keeps_the_old_paper_and_says_so(city, project, opinion):
    new = papers.reissue(project.pk, opinion.pk, "金额写错", actor=city.users["centre"])
    assert (new.replaces, new.reason, new.serial) == (opinion, "金额写错", 2)
    assert new.content["blocks"][-1]["text"] == f"本文代替{opinion.number}，原文同时作废。"
    assert Paper.objects.get(pk=opinion.pk).content == opinion.content
    with pytest.raises(CannotIssue, match="已经被新的代替"):
        papers.reissue(project.pk, opinion.pk, "再来", actor=city.users["centre"])
    with pytest.raises(CannotIssue, match="请写明"):
        papers.reissue(project.pk, new.pk, " ", actor=city.users["centre"])


def test_a_paper_is_issued_once_from_its_source_and_only_by_its_office(city, project):
    receipt = papers.issue(project.pk, "receipt_notice", actor=city.users["centre"])
    assert receipt.label == "受理通知"
    with pytest.raises(CannotIssue, match="已经出具过"):
        papers.issue(project.pk, "receipt_notice", actor=city.users["centre"])
    with pytest.raises(Forbidden, match="市电子政务中心"):
        papers.issue(project.pk, "receipt_notice", actor=city.users["finance"])
    with pytest.raises(CannotIssue, match="还没有"):
        papers.issue(project.pk, "suspension_notice", actor=city.users["gov_office"])
    with pytest.raises(CannotIssue, match="没有规定"):
        papers.issue(project.pk, "nothing", actor=city.users["centre"])


@pytest.fixture
def supervised(city):
    """A project at acceptance of which the governing office has put its supervision on file."""
    project = city.project("accepting")
    data = EVIDENCE["acceptance_supervision"].example(project)
    return record(project.pk, "acceptance_supervision", data, actor=city.users["gov_office"])[0]


def test_a_record_issues_its_paper_and_a_voided_one_marks_it(city, supervised):
    project = supervised.project
    paper = project.papers.get(kind="acceptance_supervision")
    assert (paper.source, paper.issuer, paper.serial) == (f"acceptance_supervision:{supervised.pk}", city.offices["gov_office"], 1)
    assert papers.groundless([paper]) == {}
    void(project.pk, "acceptance_supervision", supervised.pk, actor=city.users["gov_office"], reason="人员有误")
    assert papers.groundless(papers.of_project(project)) == {paper.pk: "人员有误"}
    client = Client()
    client.force_login(city.users["gov_office"])
    page = client.get(f"/projects/{project.number}/papers/").content.decode()
    assert '依据已作废</span><br><span class="small muted wraps">作废原因:人员有误' in page
    rows = client.get(f"/api/v1/projects/{project.number}/papers/").json()
    assert {row["id"]: row["ground_voided"] for row in rows if row["ground_voided"]} == {paper.pk: "人员有误"}


def test_a_form_carries_no_number(city, project):
    form = papers.issue(project.pk, "filing_form", actor=city.applicant)
    assert (form.number, form.serial, form.issuer) == ("", None, project.department)


def test_a_notice_from_a_passage_is_made_anew_from_that_passage(city, project):
    passage = perform(project.pk, "suspend", actor=city.users["gov_office"], note="等待统一平台")
    notice = project.papers.get(kind="suspension_notice")
    assert notice.source == f"passage:{passage.pk}"
    again = papers.reissue(project.pk, notice.pk, "补充理由", actor=city.users["gov_office"])
    assert again.source == notice.source


def test_the_yearly_notice_goes_out_as_a_paper_unless_it_was_numbered_elsewhere(city):
    assert not Paper.objects.filter(kind="filing_notice").exists()  # the city's first has a number of its own
    fields = {"calendar_year": 2027, "opens_on": date(2027, 1, 1), "closes_on": date(2027, 12, 31)}
    batch = publish_batch(actor=city.users["gov_office"], title="2028年度项目申报通知", doc_no="", **fields)
    notice = Paper.objects.get(kind="filing_notice")
    assert (notice.project, notice.source, notice.serial) == (None, f"batch:{batch.pk}", 1)
    assert batch.doc_no == notice.number


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE papers_paper SET number = '乐〔2026〕9号'",
        "UPDATE papers_paper SET content = '{}'",
        "DELETE FROM papers_paper",
        "UPDATE papers_numberseries SET last = last - 1",
        "UPDATE papers_numberseries SET last = last + 2",
        "DELETE FROM papers_numberseries",
    ],
)
def test_the_database_refuses_to_change_an_issued_paper(opinion, change):
    with pytest.raises(DatabaseError, match=r"never changed|one after the other"), transaction.atomic():
        connection.cursor().execute(change)


def test_neither_does_python_change_it(opinion):
    with pytest.raises(AppendOnlyError):
        opinion.save()
    with pytest.raises(AppendOnlyError):
        opinion.delete()


def test_files_are_drawn_once_kept_and_put_back_with_the_same_bytes(opinion):
    kept = files.ensure(opinion, PaperFile.DOCX)
    assert files.ensure(opinion, PaperFile.DOCX) == kept
    assert files.faults(opinion) == []
    kept.file.storage.delete(kept.file.name)
    assert files.faults(opinion) == ["Word 文件不在了,下载时会重新生成并核对"]
    files.ensure(opinion, PaperFile.DOCX)
    assert files.faults(opinion) == []
    with kept.file.storage.open(kept.file.name, "wb") as stored:
        stored.write(b"changed")
    assert files.faults(opinion) == ["Word 文件与生成时的哈希不符"]


def test_control_characters_do_not_reach_a_paper():
    assert issuing._printable({"title": "甲\x00乙\u202e丙\u200b\n丁"}) == {"title": "甲乙丙\n丁"}


def test_the_page_offers_issues_and_downloads(city, project, opinion):
    centre, unit = Client(), Client()
    centre.force_login(city.users["centre"])
    unit.force_login(city.applicant)
    address = f"/projects/{project.number}/papers/"
    page = centre.get(address).content.decode()
    assert opinion.number in page and f"{address}receipt_notice/issue/" in page
    assert f"{address}receipt_notice/issue/" not in unit.get(address).content.decode()
    centre.post(f"{address}receipt_notice/issue/")
    assert project.papers.filter(kind="receipt_notice").count() == 1
    got = unit.get(f"{address}{opinion.pk}/file/pdf/")
    data = b"".join(got.streaming_content)
    assert (got.headers["Content-Type"], got.headers["X-Content-Type-Options"], data[:5]) == ("application/pdf", "nosniff", b"%PDF-")
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert files.faults(opinion) == []
    said = centre.post(f"{address}{opinion.pk}/verify/", follow=True).content.decode()
    assert "内容、文号和文件与出具时一致" in said


def test_a_preview_keeps_nothing(city, project):
    before = (Paper.objects.count(), NumberSeries.objects.count())
    centre = Client()
    centre.force_login(city.users["centre"])
    shown = centre.get(f"/projects/{project.number}/papers/receipt_notice/preview/")
    assert (shown.headers["Content-Disposition"].split(";")[0], shown.content[:5]) == ("inline", b"%PDF-")
    assert (Paper.objects.count(), NumberSeries.objects.count()) == before


def test_the_list_asks_the_same_however_many_papers_there_are(city, project, opinion):
    from django.test.utils import CaptureQueriesContext

    def asked() -> int:
        client = Client()
        client.force_login(city.users["finance"])
        client.get(f"/projects/{project.number}/papers/")
        with CaptureQueriesContext(connection) as found:
            client.get(f"/projects/{project.number}/papers/")
        return len(found)

    few, last = asked(), opinion
    for at in range(18):
        last = papers.reissue(project.pk, last.pk, f"第{at}次", actor=city.users["centre"])
    assert asked() == few


def test_rest_lists_issues_and_hands_out(city, project, opinion):
    client = Client()
    client.force_login(city.users["centre"])
    address = f"/api/v1/projects/{project.number}/papers/"
    (first,) = [each for each in client.get(address).json() if each["kind"] == "preliminary_opinion"]
    assert (first["number"], first["sha256"], first["replaced_by"]) == (opinion.number, opinion.sha256, None)
    body = {"kind": "preliminary_opinion", "replaces": opinion.pk, "reason": "金额写错"}
    made = client.post(address, body, content_type="application/json")
    assert (made.status_code, made.json()["replaces"]) == (201, opinion.pk)
    assert client.post(address, body, content_type="application/json").status_code == 409
    got = client.get(f"{address}{opinion.pk}/docx/")
    assert b"".join(got.streaming_content)[:2] == b"PK"
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert client.get(f"{address}{opinion.pk}/exe/").status_code == 404
