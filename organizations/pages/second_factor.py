"""Here: the page of the code after the password, and binding an authenticator. Not here: checking (second_factor.py)."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_otp import login as otp_login

from organizations import second_factor
from organizations.doors import posted
from organizations.models import User

WRONG = "验证码不正确，或刚刚用过。请等手机上换了新的六位数再试。"
PAGE = "organizations:second_factor"


class CodeForm(forms.Form):
    """Six digits of the telephone, or a backup code."""

    code = forms.CharField(
        label="验证码",
        max_length=24,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The second step of signing in; nothing else opens before it."""
    if request.session.get(second_factor.SESSION_KEY) != second_factor.DUE:
        return redirect("/")
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        device = second_factor.check(request.user, form.cleaned_data["code"])
        if device is not None:
            _passed(request, device)
            return redirect(_wanted(request))
        form.add_error("code", WRONG)
    context = {"form": form, "next": request.POST.get("next", request.GET.get("next", ""))}
    return render(request, "organizations/code.html", context, status=400 if form.errors else 200)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bind(request: HttpRequest) -> HttpResponse:
    """One's own second factor: bind, make new backup codes, give it up where nobody requires it."""
    person = User.objects.get(pk=request.user.pk)
    form, codes = CodeForm(), []
    if request.method == "POST":
        form, codes, done = _act(request, person)
        if done:
            return redirect(PAGE)
    pending = None if second_factor.device_of(person) else second_factor.pending(person)
    context = {
        "form": form,
        "codes": codes,
        "device": second_factor.device_of(person),
        "pending": pending,
        "picture": second_factor.picture(pending) if pending else "",
        "key": second_factor.key_in_words(pending) if pending else "",
        "left": second_factor.backup_codes_left(person),
        "required": second_factor.required_of(person),
    }
    return render(request, "organizations/second_factor.html", context, status=400 if form.errors else 200)


def _act(request: HttpRequest, person: User) -> tuple[CodeForm, list[str], bool]:
    """The form to show again, backup codes to show once, and whether all is said and done."""
    bound = second_factor.device_of(person)
    if request.POST.get("do") == "begin":
        if bound is None:
            second_factor.begin(person)
        return CodeForm(), [], True
    form = CodeForm(request.POST)
    if not form.is_valid():
        return form, [], False
    given = form.cleaned_data["code"]
    return _change(request, person, form, given) if bound else _bind(request, person, form, given)


def _bind(request, person: User, form: CodeForm, given: str) -> tuple[CodeForm, list[str], bool]:
    device = second_factor.pending(person)
    codes = second_factor.confirm(device, given) if device else []
    if not codes:
        form.add_error("code", WRONG)
        return form, [], False
    _passed(request, device)
    return CodeForm(), codes, False


def _change(request, person: User, form: CodeForm, given: str) -> tuple[CodeForm, list[str], bool]:
    if second_factor.check(person, given) is None:
        form.add_error("code", WRONG)
        return form, [], False
    if request.POST.get("do") == "remove" and not second_factor.required_of(person):
        second_factor.remove(person, actor=person)
        messages.success(request, "已解除两步验证。")
        return CodeForm(), [], True
    return CodeForm(), second_factor.new_backup_codes(person), False


def _passed(request: HttpRequest, device) -> None:
    otp_login(request, device)
    request.session.pop(second_factor.SESSION_KEY, None)


def _wanted(request: HttpRequest) -> str:
    """The page somebody was on the way to, if it is one of ours."""
    url = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if ours else "/"
