"""Here: the page where the office keeps its phrases for opinions. Not here: keeping them (phrases.py)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from policies.loader import load
from projects.errors import Forbidden, Invalid
from reviews import phrases
from reviews.views.queue import reviewer_only


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def phrases_page(request):
    """The phrases in use, by clause; the centre adds one."""
    reviewer_only(request.user)
    jurisdiction, errors = request.user.organization.jurisdiction, {}
    typed = {name: request.POST.get(name, "") for name in ("clause", "text")}
    if request.method == "POST":
        try:
            phrases.add(jurisdiction, **typed, actor=request.user)
            messages.success(request, "用语已登记,预审意见页面可以选用。")
            return redirect("reviews:phrases")
        except Forbidden as error:
            raise PermissionDenied(error.detail) from error
        except Invalid as error:
            errors = {name: found[0]["message"] for name, found in error.errors.items()}
    context = {
        "rows": phrases.of_office(request.user),
        "clauses": phrases.clauses(load(jurisdiction.pack)),
        "may": phrases.may_keep(request.user, jurisdiction.pk),
        "typed": typed if errors else {"clause": request.GET.get("clause", ""), "text": ""},
        "errors": errors,
    }
    return render(request, "reviews/phrases.html", context, status=400 if errors else 200)


@login_required
@require_POST
def end_phrase(request, pk: int):
    """Offer a phrase no more."""
    reviewer_only(request.user)
    phrase = get_object_or_404(phrases.of_office(request.user), pk=pk)
    try:
        phrases.end(phrase, actor=request.user)
    except Forbidden as error:
        raise PermissionDenied(error.detail) from error
    messages.success(request, "用语已停用。")
    return redirect("reviews:phrases")
