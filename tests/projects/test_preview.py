"""Here: looking at documents inside pages: what is shown, what is refused, where links lead. Not here: the sniffing (papers)."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from projects.materials import attach
from projects.models import Attachment
from tests.projects.test_uploads import DOCX, packed

SLOT = "construction_plan"


@pytest.fixture
def document(city, client):
    """A PDF in a slot of a draft; the unit is signed in."""
    from egov_projects.walk import sample_file

    project = city.draft()
    attach(project.pk, SLOT, actor=city.applicant, upload=sample_file("方案"))
    client.force_login(city.applicant)
    return project.attachments.latest("pk")


def at(name: str, document: Attachment, project=None) -> str:
    return reverse(f"projects:{name}", args=[(project or document.project).number, document.pk])


def put_in_place(document: Attachment, content: bytes) -> None:
    """Make the stored file another, as a mistake in the store would."""
    document.file.storage.delete(document.file.name)
    document.file.storage.save(document.file.name, ContentFile(content))


def test_a_pdf_stands_in_a_frame(client, document):
    page = client.get(at("preview", document)).content.decode()
    assert f'<iframe class="document" src="{at("preview_inside", document)}"' in page
    answer = client.get(at("preview_inside", document))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")


def test_inside_the_page_only_the_frame_is_sent(client, document):
    part = client.get(at("preview", document), headers={"HX-Request": "true"}).content.decode()
    assert ("<iframe" in part, "<html" in part) == (True, False)


@pytest.mark.parametrize("content", [b"<html><script>alert(1)</script>", b"%PDF-1.4\n<html><script>alert(1)</script>%%EOF"])
def test_markup_that_calls_itself_pdf_is_not_shown(client, document, content):
    put_in_place(document, content)
    page = client.get(at("preview", document)).content.decode()
    assert ("不能预览,请下载" in page, "<iframe" in page) == (True, False)
    assert client.get(at("preview_inside", document)).status_code == 404


def test_office_files_are_only_downloaded(client, city, document):
    from django.core.files.uploadedfile import SimpleUploadedFile

    attach(document.project_id, SLOT, actor=city.applicant, upload=SimpleUploadedFile("方案.docx", packed(DOCX)))
    office = document.project.attachments.latest("pk")
    assert "不能预览,请下载" in client.get(at("preview", office)).content.decode()
    assert client.get(at("preview_inside", office)).status_code == 404
    listed = client.get(reverse("projects:filing_section", args=[document.project.number, "materials"])).content.decode()
    assert (at("preview", document) in listed, at("preview", office) in listed) == (True, False)


def test_a_lost_file_says_so_and_breaks_nothing(client, document):
    document.file.storage.delete(document.file.name)
    assert "不能预览,请下载" in client.get(at("preview", document)).content.decode()
    assert client.get(at("preview_inside", document)).status_code == 404


def test_foreign_documents_are_not_there(client, city, document):
    other = city.draft(name="另一项目")
    assert client.get(at("preview_inside", document, project=other)).status_code == 404
    client.force_login(city.users["other"])
    assert [client.get(at(name, document)).status_code for name in ("preview", "preview_inside")] == [404, 404]


def test_links_stand_where_documents_are_read(client, city, document):
    project = document.project
    link = f'href="{at("preview", document)}" target="_blank" rel="noopener" data-preview'
    workspace = reverse("projects:filing_section", args=[project.number, "materials"])
    for path in (reverse("projects:project", args=[project.number]), workspace):
        page = client.get(path).content.decode()
        assert (link in page, "preview.js" in page) == (True, True), path
    city.walker().walk_to(project, "filed")
    client.force_login(city.users["centre"])
    page = client.get(reverse("reviews:review", args=[project.number])).content.decode()
    assert (link in page, "preview.js" in page) == (True, True)
