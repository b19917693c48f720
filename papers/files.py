"""Here: the files of an issued paper, drawn once and kept; drawn again alike when one is lost. Not here: drawing itself."""

import hashlib
from collections.abc import Callable

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from organizations import clock
from papers.content import Content
from papers.models import Paper, PaperFile

CONTENT_TYPES = {
    PaperFile.PDF: "application/pdf",
    PaperFile.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def ensure(paper: Paper, form: str) -> PaperFile:
    """The file in this form, drawn now if it is not there yet. Raises NoPdf (pdf.py) where a PDF cannot be drawn."""
    found = PaperFile.objects.filter(paper=paper, form=form).first()
    if found is None:
        return _make(paper, form)
    if not found.file.storage.exists(found.file.name):
        _put_back(paper, found)
    return found


def _make(paper: Paper, form: str) -> PaperFile:
    data, missing = DRAWN[form](paper)
    made = PaperFile(
        paper=paper, form=form, size=len(data), sha256=hashlib.sha256(data).hexdigest(), missing=missing[:200],
        made_at=clock.now(),
    )  # fmt: skip
    made.file.save(f"paper.{form}", ContentFile(data), save=False)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:  # somebody drew it at the same moment; theirs is on file
        made.file.storage.delete(made.file.name)
        return PaperFile.objects.get(paper=paper, form=form)
    return made


def _put_back(paper: Paper, kept: PaperFile) -> None:
    """A lost file is drawn again; only the very same bytes take its place."""
    data, _ = DRAWN[kept.form](paper)
    if hashlib.sha256(data).hexdigest() != kept.sha256:
        raise FileNotFoundError(f"{kept} is lost and cannot be drawn with the same bytes")
    kept.file.storage.save(kept.file.name, ContentFile(data))


def faults(paper: Paper) -> list[str]:
    """What is wrong with a paper: content and files are compared with their SHA-256. Empty when everything is as issued."""
    found = [] if paper.intact else ["内容或文号与出具时的哈希不符"]
    for each in paper.files.all():
        try:
            with each.file.open("rb") as stored:
                same = hashlib.file_digest(stored, "sha256").hexdigest() == each.sha256
        except FileNotFoundError:
            found.append(f"{each.get_form_display()} 文件不在了,下载时会重新生成并核对")
            continue
        found += [] if same else [f"{each.get_form_display()} 文件与生成时的哈希不符"]
    return found


def filename(paper: Paper, form: str) -> str:
    """What the file is called when it is downloaded."""
    return f"{paper.label}{paper.number}.{form}"


def _pdf(paper: Paper) -> tuple[bytes, str]:
    from papers import pdf

    drawn = pdf.render(Content.from_json(paper.content), paper.number)
    return drawn.data, drawn.missing


def _docx(paper: Paper) -> tuple[bytes, str]:
    from papers import docx

    return docx.render(Content.from_json(paper.content), paper.number), ""


DRAWN: dict[str, Callable[[Paper], tuple[bytes, str]]] = {PaperFile.PDF: _pdf, PaperFile.DOCX: _docx}
