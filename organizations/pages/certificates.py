"""Here: the table of certificates and their substitutes, kept by 市府办 (YQ-Q16). Not here: whether one is valid."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from organizations import audit
from organizations.certificates import known_in
from organizations.doors import posted
from organizations.forms_system import CertificateForm
from organizations.models import CertificateFamily, CertificateType, Role, User
from organizations.naming import office_here
from organizations.roles import held


def may_keep(user: User) -> bool:
    """Only the governing office registers substitutes."""
    return Role.GOV_OFFICE in held(user)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def certificates(request: HttpRequest) -> HttpResponse:
    """Which certificates are accepted for which; officials read, the governing office registers substitutes."""
    keeps = may_keep(request.user)
    if not request.user.is_business or (request.method == "POST" and not keeps):
        raise PermissionDenied(f"替代证书由{office_here(request.user, Role.GOV_OFFICE)}登记。")
    form = CertificateForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.instance.registered_by = request.user
            row = form.save()
            audit.record(request.user, "certificate_registered", row, code=row.code, basis=row.basis)
        messages.success(request, "替代证书已登记，办理相关事项时可以选用。")
        return redirect("organizations:certificates")
    keeper = office_here(request.user, Role.GOV_OFFICE)
    context = {"form": form if keeps else None, "families": _families(request.user), "keeper": keeper}
    return render(request, "organizations/certificates.html", context, status=400 if form.errors else 200)


def _families(user: User) -> list[dict]:
    """Each family with its originals, and each original with its substitutes; one query."""
    rows = list(known_in(user.organization.jurisdiction_id).select_related("registered_by").order_by("id"))
    return [
        {
            "label": family.label,
            "originals": [
                {"type": one, "substitutes": [each for each in rows if each.substitute_for_id == one.pk]}
                for one in rows
                if one.family == family and one.substitute_for_id is None
            ],
        }
        for family in CertificateFamily
    ]


@login_required
@require_POST
@transaction.atomic
def certificate_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Retire a substitute, or accept it again. An original that a clause asks for always stays (YQ-Q16)."""
    if not may_keep(request.user):
        raise PermissionDenied(f"替代证书由{office_here(request.user, Role.GOV_OFFICE)}登记。")
    known = known_in(request.user.organization.jurisdiction_id).exclude(substitute_for=None)
    substitutes = CertificateType.objects.filter(pk__in=known.values("pk")).select_for_update(of=("self",))
    row, active = get_object_or_404(substitutes, pk=pk), request.POST.get("active") == "yes"
    if row.active != active:
        row.active = active
        row.save(update_fields=["active"])
        audit.record(request.user, "certificate_restored" if active else "certificate_retired", row, code=row.code)
    messages.success(request, "已启用。" if active else "已停用，以后不再接受；以前登记的不受影响。")
    return redirect("organizations:certificates")
