"""Here: one project with friendly and hostile files, and its volume, made once for all tests. Not here: what they assert."""

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from jobs import running
from organizations.models import AuditEvent
from projects.materials import attach
from reports.volume.making import ask
from tests.projects.test_uploads import DOCX, packed

BROKEN = b"%PDF-1.4\nnot much of a document\n%%EOF\n"
_made: dict[str, object] = {}


def turned_pdf() -> bytes:
    """Two A4 pages, the second lying on its side, with an annotation that would run a script."""
    out = io.BytesIO()
    with pikepdf.Pdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.add_blank_page(page_size=(595, 842))
        pdf.pages[1].obj.Rotate = 90
        action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.invalid/"))
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
        pdf.pages[0].obj.Annots = pdf.make_indirect(pikepdf.Array([link]))
        pdf.save(out)
    return out.getvalue()


def locked_pdf() -> bytes:
    """A PDF that asks for a password."""
    out = io.BytesIO()
    with pikepdf.Pdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return out.getvalue()


def picture() -> bytes:
    """A small photograph."""
    out = io.BytesIO()
    Image.new("RGB", (400, 300), (30, 90, 160)).save(out, "JPEG")
    return out.getvalue()


FILES = {
    "construction_plan": ("方案:总体.pdf", turned_pdf),
    "feasibility": ("可行性分析.docx", lambda: packed(DOCX)),
    "related_plan": ("规划.pdf", lambda: BROKEN),
    "related_instruction": ("批示.pdf", locked_pdf),
    "related_minutes": ("纪要.jpg", picture),
}


@pytest.fixture
def filed(city):
    """A filed project whose documents are of every kind."""
    project = city.draft(name="<b>智慧城管</b>平台")
    for code, (name, content) in FILES.items():
        attach(project.pk, code, actor=city.applicant, upload=SimpleUploadedFile(name, content()))
    return city.walker().walk_to(project, "filed")


@pytest.fixture
def made(city, filed):
    """The project with its first volume."""
    job = ask(filed, actor=city.users["centre"])
    assert running.run(str(job.pk))
    job.refresh_from_db()
    assert (job.status, job.error) == ("done", "")
    return filed


@pytest.fixture
def archive(request, tmp_path) -> Path:
    """The package as a file, and what the house noted of it in `archive.hash`. Made by the first test that asks."""
    if not _made:
        volume = request.getfixturevalue("made").volumes.get()
        with volume.package.open("rb") as file:
            _made["bytes"] = file.read()
        _made["hash"] = volume.manifest_sha256
        _made["noted"] = AuditEvent.objects.get(action="volume.make").detail["manifest"]
    path = tmp_path / "archive.zip"
    path.write_bytes(_made["bytes"])
    (tmp_path / "hash").write_text(_made["hash"])
    assert _made["noted"] == _made["hash"]
    return path


def rewritten(archive: Path, *, change=None, drop=(), add=None) -> Path:
    """The package with members changed (name → bytes → bytes), dropped or added."""
    target = archive.with_name("tampered.zip")
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if name not in drop:
                new.writestr(name, (change or {}).get(name, lambda data: data)(old.read(name)))
        for name, data in (add or {}).items():
            new.writestr(name, data)
    return target
