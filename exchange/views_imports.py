"""Here: the pages of an import: template, upload, what would be written, writing it. Not here: checking (imports/running.py)."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from exchange.imports import running
from exchange.imports.reading import MOST_ROWS, read
from exchange.imports.registry import Import, find
from exchange.models import ImportRun
from organizations.naming import office_here
from papers.excel import XLSX

SHOWN = 200


class UploadForm(forms.Form):
    """A filled template, and what to do about rows with errors."""

    file = forms.FileField(
        label="填好的工作簿(.xlsx)", widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "请选择填好的工作簿。", "empty": "文件是空的,请重新选择。"},
    )  # fmt: skip
    mode = forms.ChoiceField(label="有错误时", choices=ImportRun.MODES, initial=ImportRun.ALL, widget=forms.RadioSelect)


def _kind(request, name: str, number: str | None) -> tuple[Import, object]:
    """The kind and its project. Raises Http404 for what this person must not know of, PermissionDenied for what is not theirs."""
    kind = find(name)
    if kind.about_project != (number is not None):
        raise Http404
    project = kind.project(request.user, number) if number else None
    if not kind.may(request.user, project):
        raise PermissionDenied(kind.whose.format(centre=office_here(request.user, "centre")))
    return kind, project


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request, name: str, number: str | None = None):
    """Where the template is had and the filled one handed in; it is checked at once and nothing is written yet."""
    kind, project = _kind(request, name, number)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            table = read(upload, kind.label, kind.fields(request.user, project))
        except ValidationError as error:
            form.add_error("file", error)
        else:
            mode = form.cleaned_data["mode"]
            found = running.begin(kind, table, actor=request.user, filename=upload.name, mode=mode, project=project)
            return redirect("exchange:run", pk=found.pk)
    context = {
        "kind": kind, "project": project, "form": form, "fields": kind.fields(request.user, project), "most": MOST_ROWS,
        "template": _address("template", name, number), "back": kind.done(project),
    }  # fmt: skip
    return render(request, "exchange/import.html", context, status=400 if form.errors else 200)


def _address(what: str, name: str, number: str | None) -> str:
    if number:
        return reverse(f"exchange:project_{what}", args=[number, name])
    return reverse(f"exchange:{what}", args=[name])


@login_required
@require_safe
def template_file(request, name: str, number: str | None = None):
    """The workbook to fill in."""
    from exchange.imports.template import template  # openpyxl takes a third of a second to load

    kind, project = _kind(request, name, number)
    return _file(f"{kind.label}导入模板.xlsx", template(kind, kind.fields(request.user, project)))


def _run(request, pk) -> tuple[ImportRun, Import]:
    """One's own import, as long as one may still bring such a list in; else 404."""
    found = get_object_or_404(ImportRun.objects.select_related("project"), pk=pk, actor=request.user)
    kind = find(found.kind)
    if found.project:
        kind.project(request.user, found.project.number)
    if not kind.may(request.user, found.project) and found.status != ImportRun.WRITTEN:
        raise Http404
    return found, kind


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def run(request, pk):
    """What the check found; POST writes it, once."""
    found, kind = _run(request, pk)
    if request.method == "POST":
        written = running.confirm(found.pk, actor=request.user)
        if written.status == ImportRun.WRITTEN:
            messages.success(request, f"已写入 {written.good} 行。")
        elif not written.busy:
            messages.error(request, "检查之后数据又有变化,没有写入任何内容;请看下面的错误。")
        return redirect("exchange:run", pk=pk)
    number = found.project.number if found.project else None
    context = {
        "run": found, "kind": kind, "errors": found.errors[:SHOWN], "said": found.said[:SHOWN],
        "again": _address("import", kind.name, number), "back": kind.done(found.project),
    }  # fmt: skip
    return render(request, "exchange/run.html", context)


@login_required
@require_safe
def errors_file(request, pk):
    """The rows with the wrong cells marked, to be mended and handed in again."""
    from exchange.imports.template import annotated

    found, _ = _run(request, pk)
    if not found.errors:
        raise Http404
    return _file(f"标注-{found.filename}", annotated(found))


def _file(name: str, content: bytes) -> HttpResponse:
    headers = {"Content-Type": XLSX, "Content-Disposition": content_disposition_header(True, name)}
    return HttpResponse(content, headers=headers)
