"""Here: the page of a project's archive volumes. Not here: making them (making.py), handing out their files (handing.py)."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRefresh

from projects.completeness import AHEAD, MISSING
from projects.scope import looks
from projects.views.project import visible_project
from reports.volume.gather import gather
from reports.volume.handing import handed_out
from reports.volume.making import ask, under_way


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def volume(request: HttpRequest, number: str) -> HttpResponse:
    """What the volume will contain, what is missing and who owes it, making one, and those that were made."""
    project = visible_project(request, number)
    if request.method == "POST":
        ask(project, actor=request.user)
        messages.success(request, "正在后台成册,完成后可以在本页下载。")
        return redirect("reports:volume", number=number)
    job = under_way(project)
    if request.htmx:
        going = job is not None and not job.finished
        return render(request, "jobs/_progress.html", {"job": job}) if going else HttpResponseClientRefresh()
    sections = gather(project, check=False)
    gaps = [gap for section in sections for gap in section.gaps]
    context = {
        "project": project,
        "may": not looks(request.user, project),
        "sections": sections,
        "missing": [gap for gap in gaps if gap.status == MISSING],
        "waived": [gap for gap in gaps if gap.status not in (MISSING, AHEAD)],
        "ahead": [gap for gap in gaps if gap.status == AHEAD],
        "job": job,
        "volumes": project.volumes.select_related("made_by__organization"),
    }
    return render(request, "reports/volume/volume.html", context)


@login_required
@require_safe
def fetch(request: HttpRequest, number: str, count: int, form: str) -> HttpResponse:
    """The package, or the PDF or the manifest out of it; recorded."""
    return handed_out(visible_project(request, number), count, form, reader=request.user)


@login_required
@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """The script that proves a package without this system."""
    script = settings.BASE_DIR / "scripts" / "verify_archive.py"
    return FileResponse(script.open("rb"), as_attachment=True, filename=script.name, content_type="text/x-python")
