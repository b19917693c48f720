"""Here: the system administrator's start page and the accounts. Not here: who may see which project (scope)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizations.accounts import open_account, reset_password, set_active
from organizations.doors import posted
from organizations.forms_system import PersonFilter, PersonForm
from organizations.models import Jurisdiction, Office, Organization, Role, User
from organizations.pages.tables import page_of, saved, standing
from organizations.pages.units import system_only
from policies.loader import load

OWN = "自己的账号请由另一位系统管理员处理。"


@require_safe
@system_only
def home(request: HttpRequest) -> HttpResponse:
    """系统管理: what there is, and what is missing."""
    held = set(Office.objects.filter(active=True).values_list("jurisdiction_id", "role"))
    vacant = [
        (place, label) for place in Jurisdiction.objects.all() for role, label in Role.choices
        if role in load(place.pack).offices and (place.pk, role) not in held
    ]  # fmt: skip
    active = User.objects.filter(is_active=True)
    context = {
        "tab": "home",
        "units": Organization.objects.filter(active=True).count(),
        "unmanned": Organization.objects.filter(active=True).exclude(users__is_active=True).count(),
        "people": active.count(),
        "fresh": active.filter(must_change_password=True).count(),
        "never": active.filter(last_login=None).count(),
        "vacant": vacant,
        "places": Jurisdiction.objects.count(),
    }
    return render(request, "organizations/system/home.html", context)


@require_safe
@system_only
def people(request: HttpRequest) -> HttpResponse:
    """All accounts, in use first."""
    asked = PersonFilter(request.GET)
    wanted = asked.cleaned_data if asked.is_valid() else {}
    rows = narrowed(User.objects.select_related("organization"), wanted).order_by("-is_active", "username")
    context = {"form": asked, "page": page_of(rows, request.GET.get("page")), "tab": "people"}
    return render(request, "organizations/system/people.html", context)


def narrowed(rows, wanted: dict):
    """The people a filter asks for."""
    if wanted.get("q"):
        text = wanted["q"]
        rows = rows.filter(
            Q(display_name__icontains=text) | Q(username__icontains=text) | Q(organization__name__icontains=text)
        )
    if wanted.get("post"):
        rows = rows.filter(post=wanted["post"])
    return rows.filter(**standing(wanted.get("active", ""), "is_active"))


@require_http_methods(["GET", "HEAD", "POST"])
@system_only
@never_cache
def new_person(request: HttpRequest) -> HttpResponse:
    """Open an account; its first password is shown on the answer and nowhere else."""
    start = {"organization": request.GET.get("unit", "")}
    form = PersonForm(posted(request), editor=request.user, initial=start)
    if request.method == "POST" and form.is_valid():
        person = form.save(commit=False)
        password = open_account(person, actor=request.user)
        return _handed_out(request, person, password, "账号已开通")
    context = {"form": form, "person": None, "tab": "people"}
    return render(request, "organizations/system/person.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@system_only
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: its data, and what may be done about it."""
    row = get_object_or_404(User.objects.select_related("organization"), pk=pk)
    form = PersonForm(posted(request), instance=row, editor=request.user)
    if request.method == "POST" and form.is_valid():
        saved(form, "account_changed", actor=request.user)
        messages.success(request, "已保存。")
        return redirect("organizations:system_person", pk=pk)
    known = User.objects.select_related("organization").get(pk=pk)
    context = {"form": form, "person": known, "own": known.pk == request.user.pk, "tab": "people"}
    return render(request, "organizations/system/person.html", context, status=400 if form.errors else 200)


@require_POST
@system_only
@never_cache
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """A new one-time password, shown on the answer and nowhere else."""
    row = get_object_or_404(User, pk=pk)
    if row.pk == request.user.pk:
        raise PermissionDenied(OWN)
    return _handed_out(request, row, reset_password(row, actor=request.user), "密码已重置")


@require_POST
@system_only
def active(request: HttpRequest, pk: int) -> HttpResponse:
    """Deactivate somebody who has left, or let somebody back in."""
    row, wanted = get_object_or_404(User, pk=pk), request.POST.get("active") == "yes"
    if row.pk == request.user.pk:
        raise PermissionDenied(OWN)
    reason = request.POST.get("reason", "").strip()
    if not wanted and not reason:
        messages.error(request, "停用账号须写明原因。")
    else:
        set_active(row, wanted, actor=request.user, reason=reason[:200])
        messages.success(request, "账号已启用。" if wanted else "账号已停用，登录和令牌立即失效。")
    return redirect("organizations:system_person", pk=pk)


def _handed_out(request: HttpRequest, row: User, password: str, title: str) -> HttpResponse:
    context = {"person": row, "password": password, "title": title, "tab": "people"}
    return render(request, "organizations/system/password.html", context)
