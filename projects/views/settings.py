"""Here: pages where offices set what the text leaves open, and end an instrument. Not here: who may (instruments.py)."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from organizations.roles import office_roles
from projects.errors import Invalid
from projects.instruments import end_instrument, pack_in_force, parameter, set_parameter
from projects.views.project import visible_project


class EndForm(forms.Form):
    """The last day of an instrument with the document that extends, repeals or replaces it (YQ-0-3)."""

    effective_to = forms.DateField(label="有效期止", widget=forms.DateInput(attrs={"type": "date"}))
    replaced_by = forms.CharField(label="延续、替代或停用的文号", max_length=100)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def parameters(request, number: str | None = None):
    """The parameters of the jurisdiction's instrument, or of one project, with the form for those one may set."""
    project = visible_project(request, number) if number else None
    unit = request.user.organization
    if unit is None:
        raise Http404
    jurisdiction = project.jurisdiction if project else unit.jurisdiction
    pack = project.pack if project else pack_in_force(jurisdiction.pack)
    held = office_roles(request.user, jurisdiction.pk)
    errors: dict[str, str] = {}
    if request.method == "POST":
        errors = _set(request, pack, jurisdiction, project)
        if not errors:
            messages.success(request, "已设置,理由和依据已记录。")
            return redirect(request.path)
    rows = [
        {
            "spec": spec,
            "value": parameter(
                pack, spec.name, jurisdiction_id=jurisdiction.pk, project_id=project.pk if project else None
            ),
            "may": bool(held & set(spec.set_by)),
            "by": "、".join(pack.office(role) for role in spec.set_by),
        }
        for spec in pack.parameters
        if (spec.per == "project") == (project is not None)
    ]
    context = {
        "project": project, "pack": pack, "rows": rows, "errors": errors, "typed": request.POST,
        "end": EndForm() if pack.governing in held and project is None else None,
    }  # fmt: skip
    return render(request, "projects/parameters.html", context, status=400 if errors else 200)


def _set(request, pack, jurisdiction, project) -> dict[str, str]:
    name = request.POST.get("name", "")
    specs = {spec.name: spec for spec in pack.parameters}
    if name not in specs:
        raise Http404
    try:
        set_parameter(
            pack, name, _read(specs[name], request.POST.get("value", "")), actor=request.user,
            jurisdiction_id=jurisdiction.pk, project=project, reason=request.POST.get("reason", ""),
            basis=request.POST.get("basis", ""),
        )  # fmt: skip
    except Invalid as error:
        return {key: found[0]["message"] for key, found in error.errors.items()}
    return {}


def _read(spec, text: str):
    if spec.kind == "flag":
        return {"true": True, "false": False}.get(text)
    if spec.kind == "choice":
        return text
    return int(text) if text.isascii() and text.isdigit() else (text or None)


@login_required
@require_http_methods(["POST"])
def end(request, code: str):
    """Register that an instrument was repealed or replaced."""
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请填写有效期止和延续、替代或停用的文号。")
        return redirect("projects:parameters")
    unit = request.user.organization
    if unit is None or unit.jurisdiction.pack != code:
        raise PermissionDenied("这不是本地适用的文件")
    try:
        end_instrument(code, actor=request.user, **form.cleaned_data)
    except Invalid as error:
        messages.error(request, "".join(each["message"] for found in error.errors.values() for each in found))
    else:
        messages.success(request, f"已登记:有效期至 {form.cleaned_data['effective_to']}。")
    return redirect("projects:parameters")
