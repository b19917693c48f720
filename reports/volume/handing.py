"""Here: handing out a kept volume, whole or a file out of it. Not here: who may see its project (the doors), making it."""

import zipfile

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404

from organizations import audit
from projects.models import Project
from reports.volume.models import Volume
from reports.volume.package import MANIFEST, PDF

INSIDE = {"pdf": (PDF, "application/pdf"), "json": (MANIFEST, "application/json")}
FORMS = (*INSIDE, "zip")


def handed_out(project: Project, number: int, form: str, *, reader) -> FileResponse:
    """The package, or the PDF or the manifest out of it; recorded. Raises Http404 for what was not made or is lost."""
    found: Volume = get_object_or_404(project.volumes, number=number)
    if form not in FORMS or not found.package.storage.exists(found.package.name):
        raise Http404
    audit.record(reader, "volume.fetch", target=f"第{found.number}卷 {form}", project_id=project.pk)
    name = f"{project.number}-档案-{found.number}.{form}"
    if form == "zip":
        return FileResponse(found.package.open("rb"), as_attachment=True, filename=name, content_type="application/zip")
    inside, content_type = INSIDE[form]
    with zipfile.ZipFile(found.package.path) as archive:
        member, size = archive.open(inside), archive.getinfo(inside).file_size  # stays open until it has been sent
    response = FileResponse(member, as_attachment=True, filename=name, content_type=content_type)
    response["Content-Length"] = size
    return response
