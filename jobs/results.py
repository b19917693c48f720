"""Here: a job's result on disk. Not here: who may fetch it (scope), when it goes (sweep).

Every attempt has a file of its own below one random name, so that a run which lost its lease spoils nothing and
whatever a crash left is found again.
"""

import hashlib
from typing import IO

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from jobs.models import Job
from organizations import audit
from organizations.models import User

CHUNK = 1024 * 1024


def path(job: Job, attempt: int) -> str:
    """Where the result of an attempt lies in the storage."""
    return f"jobs/{job.file_key[:2]}/{job.file_key}-{attempt}"


def write(job: Job, attempt: int, content: bytes | IO[bytes]) -> dict:
    """Store a result; returns the columns that describe it. A second one of the same attempt replaces the first."""
    place = path(job, attempt)
    default_storage.delete(place)
    file = ContentFile(content) if isinstance(content, bytes) else File(content)
    file.seek(0)
    digest, size = hashlib.sha256(), 0
    for chunk in iter(lambda: file.read(CHUNK), b""):
        digest.update(chunk)
        size += len(chunk)
    file.seek(0)
    return {"result": default_storage.save(place, file), "size": size, "sha256": digest.hexdigest()}


def remove(job: Job, *, but: int = 0) -> None:
    """Delete the files of every attempt except `but`."""
    for attempt in range(1, job.attempts + 1):
        if attempt != but:
            default_storage.delete(path(job, attempt))


def safe_name(name: str) -> str:
    """A file name as one line without separators, at most 200 characters."""
    return "".join("_" if each in '/\\:*?"<>|' or not each.isprintable() else each for each in name)[-200:]


def handed_out(job: Job, user: User) -> FileResponse:
    """The result as an attachment, recorded. Raises Http404 when there is none or it is no longer kept."""
    if not job.has_result or not default_storage.exists(job.result):
        raise Http404
    audit.record(user, "job.download", target=job.filename, job=str(job.pk), project=job.project_id, sha256=job.sha256)
    file = default_storage.open(job.result, "rb")
    return FileResponse(file, as_attachment=True, filename=job.filename, content_type=job.content_type)
