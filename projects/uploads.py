"""Here: what a file must be to be stored, and storing it. Not here: which documents are asked for (packs).

A file is known by its ending *and* its content; packed formats are counted before anything is unpacked, and nothing is
ever executed or shown inline. Refusals say what to do.
"""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from exchange.packed import check_packed
from organizations import clock
from projects.errors import ProjectError
from projects.models.material import Attachment

ACTIVE_PDF = (b"/JavaScript", b"/JS ", b"/JS(", b"/Launch", b"/RichMedia", b"/EmbeddedFile")


@dataclass(frozen=True)
class Format:
    """A file format we take: its content type, how it begins, and the member that a packed one must hold."""

    content_type: str
    magic: bytes
    member: str = ""


OFFICE = "application/vnd.openxmlformats-officedocument."
FORMATS = {
    ".pdf": Format("application/pdf", b"%PDF-"),
    ".docx": Format(OFFICE + "wordprocessingml.document", b"PK\x03\x04", "word/document.xml"),
    ".xlsx": Format(OFFICE + "spreadsheetml.sheet", b"PK\x03\x04", "xl/workbook.xml"),
    ".pptx": Format(OFFICE + "presentationml.presentation", b"PK\x03\x04", "ppt/presentation.xml"),
    ".ofd": Format("application/ofd", b"PK\x03\x04", "OFD.xml"),
    ".jpg": Format("image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": Format("image/jpeg", b"\xff\xd8\xff"),
    ".png": Format("image/png", b"\x89PNG\r\n\x1a\n"),
}
ACCEPTED = "PDF、OFD、DOCX、XLSX、PPTX、JPG、PNG"


class TooLarge(ProjectError):
    """A file over the limit (413)."""

    status = 413
    code = "too_large"
    title = "文件太大"


def check_upload(upload: UploadedFile) -> str:
    """The content type of an acceptable file. Raises ValidationError or TooLarge with the reason in Chinese."""
    if upload.size > settings.UPLOAD_MAX_BYTES:
        raise TooLarge(f"“{upload.name}”超过 {settings.UPLOAD_MAX_BYTES // 1024**2} MB,请压缩或拆分后再上传。")
    suffix = PurePath(upload.name).suffix.lower()
    known = FORMATS.get(suffix)
    if known is None:
        raise ValidationError(f"不接受“{suffix or '无扩展名'}”文件;可以上传 {ACCEPTED}。", code="type")
    if not upload.size:
        raise ValidationError("文件是空的,请重新选择。", code="empty")
    upload.seek(0)
    if not upload.read(len(known.magic)) == known.magic:
        raise ValidationError(f"文件内容不是{suffix[1:].upper()},可能只改了扩展名。", code="content")
    if known.member:
        check_packed(upload, known.member)
    elif suffix == ".pdf":
        _check_pdf(upload)
    upload.seek(0)
    return known.content_type


def _check_pdf(upload: UploadedFile) -> None:
    upload.seek(0)
    tail = b""
    for chunk in upload.chunks():
        window = tail + chunk
        if any(mark in window for mark in ACTIVE_PDF):
            raise ValidationError("PDF 含有脚本、附件或可执行动作,请另存为普通 PDF 后上传。", code="active")
        tail = window[-16:]


def store(upload: UploadedFile, *, project, actor) -> Attachment:
    """Check and keep a file under a random name. Raises ValidationError or TooLarge."""
    content_type = check_upload(upload)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return Attachment.objects.create(
        project=project,
        file=upload,
        name=_safe_name(upload.name),
        content_type=content_type,
        size=upload.size,
        sha256=digest.hexdigest(),
        uploaded_by=actor,
        uploaded_at=clock.now(),
    )


def _safe_name(name: str) -> str:
    """The last part of the name without control characters, at most 200 characters, its ending kept."""
    clean = "".join(character for character in PurePath(name.replace("\\", "/")).name if character.isprintable())
    suffix = PurePath(clean).suffix
    return clean if len(clean) <= 200 else clean[: 200 - len(suffix)] + suffix
