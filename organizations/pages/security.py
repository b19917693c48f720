"""Here: the security administrator's pages: rights, lockouts, sessions, tokens, policy. Not here: opening accounts."""

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.password_validation import password_validators_help_texts
from django.db import transaction
from django.db.models import Count, Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_otp.plugins.otp_totp.models import TOTPDevice
from knox.models import AuthToken

from organizations import audit, sessions
from organizations import second_factor as factor
from organizations.accounts import release
from organizations.doors import for_post
from organizations.forms_system import RightsFilter
from organizations.models import Post, User
from organizations.pages.people import narrowed
from organizations.pages.tables import page_of

security_only = for_post(Post.SECURITY_ADMIN)


@require_safe
@security_only
def rights(request: HttpRequest) -> HttpResponse:
    """Who may do what: a person's post, the offices of the unit, the second factor, tokens, last sign-in."""
    asked = RightsFilter(request.GET)
    wanted = asked.cleaned_data if asked.is_valid() else {}
    bound = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
    rows = narrowed(User.objects.select_related("organization__jurisdiction"), wanted)
    if wanted.get("role"):
        rows = rows.filter(organization__offices__role=wanted["role"], organization__offices__active=True).distinct()
    rows = rows.prefetch_related("organization__offices__jurisdiction").annotate(
        bound=Exists(bound), tokens=Count("auth_token_set", distinct=True)
    )
    page = page_of(rows.order_by("-is_active", "organization__name", "username"), request.GET.get("page"))
    context = {"form": asked, "page": page, "rows": [_rights(each) for each in page], "tab": "rights"}
    return render(request, "organizations/security/rights.html", context)


def _rights(person: User) -> dict:
    unit = person.organization
    offices = [each for each in unit.offices.all() if each.active] if unit and person.post in Post.values[:2] else []
    names = [f"{each.jurisdiction.name}{each.get_role_display()}" for each in offices]
    return {"person": person, "offices": names, "files": bool(unit and unit.active and person.is_business)}


@require_POST
@security_only
def remove_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """After a lost telephone: the person binds a new one at the next sign-in."""
    person = get_object_or_404(User, pk=pk)
    reason = request.POST.get("reason", "").strip()
    if not reason or person.pk == request.user.pk:
        messages.error(request, "解除两步验证须写明原因；自己的不能自己解除。")
    else:
        factor.remove(person, actor=request.user, reason=reason[:200])
        sessions.end_all(person)
        messages.success(request, "已解除，此人的登录已结束，下次登录时重新绑定。")
    return redirect("organizations:security_rights")


@require_safe
@security_only
def lockouts(request: HttpRequest) -> HttpResponse:
    """Names and addresses with failed sign-ins; those at the limit are locked until the pause is over."""
    limit, pause = settings.AXES_FAILURE_LIMIT, settings.AXES_COOLOFF_TIME
    page = page_of(AccessAttempt.objects.order_by("-attempt_time", "-pk"), request.GET.get("page"))
    now = timezone.now()
    rows = [
        {
            "attempt": each,
            "until": each.attempt_time + pause,
            "locked": each.failures_since_start >= limit and each.attempt_time + pause > now,
        }
        for each in page
    ]
    context = {"page": page, "rows": rows, "limit": limit, "minutes": pause.seconds // 60, "tab": "lockouts"}
    return render(request, "organizations/security/lockouts.html", context)


@require_POST
@security_only
def release_lockout(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the rightful person try again at once."""
    release(get_object_or_404(AccessAttempt, pk=pk), actor=request.user)
    messages.success(request, "已解除锁定，并清除这组失败记录。")
    return redirect("organizations:security_lockouts")


@require_safe
@security_only
def session_list(request: HttpRequest) -> HttpResponse:
    """Who is signed in: sessions and API tokens that still work."""
    page = page_of(sessions.alive(), request.GET.get("page"))
    tokens = AuthToken.objects.filter(expiry__gt=timezone.now()).select_related("user__organization")
    context = {
        "page": page,
        "rows": sessions.described(page, own=request.session.session_key),
        "tokens": page_of(tokens.order_by("-created"), request.GET.get("tokens")),
        "tab": "sessions",
    }
    return render(request, "organizations/security/sessions.html", context)


@require_POST
@security_only
@transaction.atomic
def end_session(request: HttpRequest, mark: str) -> HttpResponse:
    """End one session, named by its mark; the key itself never leaves the server."""
    person = sessions.end(mark)
    if person is None:
        raise Http404
    audit.record(request.user, "session_ended", person)
    messages.success(request, "会话已结束，此人须重新登录。")
    return redirect("organizations:security_sessions")


@require_POST
@security_only
@transaction.atomic
def revoke_token(request: HttpRequest, mark: str) -> HttpResponse:
    """Revoke one API token, named by its digest."""
    token = get_object_or_404(AuthToken.objects.select_related("user"), digest=mark)
    audit.record(request.user, "token_revoked", token.user.username)
    token.delete()
    messages.success(request, "令牌已吊销。")
    return redirect("organizations:security_sessions")


@require_safe
@security_only
def policy(request: HttpRequest) -> HttpResponse:
    """What the installation asks of passwords, sessions and second factors; set by the operator, shown here."""
    administrators = User.objects.filter(is_active=True, post__in=Post.values[2:])
    bound = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
    context = {
        "passwords": password_validators_help_texts(),
        "limit": settings.AXES_FAILURE_LIMIT,
        "pause": settings.AXES_COOLOFF_TIME.seconds // 60,
        "idle": settings.SESSION_IDLE.seconds // 60,
        "longest": settings.SESSION_COOKIE_AGE // 3600,
        "token": int(settings.REST_KNOX["TOKEN_TTL"].total_seconds() // 3600),
        "required": settings.REQUIRE_TOTP,
        "administrators": administrators.annotate(bound=Exists(bound)).order_by("post", "username"),
        "tab": "policy",
    }
    return render(request, "organizations/security/policy.html", context)
