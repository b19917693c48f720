"""Here: what a file must be to be stored, and storing it. Not here: which documents are asked for (packs)."""

import hashlib
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from organizations import clock
from projects.models.material import Attachment

MAX_BYTES = 50 * 1024 * 1024


def check_upload(upload: UploadedFile) -> str:
    """The content type of an acceptable file. Raises ValidationError with the reason in Chinese."""
    suffix = PurePath(upload.name).suffix.lower()
    if upload.size > MAX_BYTES:
        raise ValidationError("文件太大,最大 50 MB。", code="too_large")
    head = upload.read(8)
    upload.seek(0)
    if suffix == ".pdf" and head.startswith(b"%PDF-"):
        return "application/pdf"
    raise ValidationError("只接受 PDF 文件。", code="type")


def store(upload: UploadedFile, *, project, actor) -> Attachment:
    """Check and keep a file. Raises ValidationError."""
    content_type = check_upload(upload)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return Attachment.objects.create(
        project=project,
        file=upload,
        name=PurePath(upload.name).name[:200],
        content_type=content_type,
        size=upload.size,
        sha256=digest.hexdigest(),
        uploaded_by=actor,
        uploaded_at=clock.now(),
    )
