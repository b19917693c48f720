"""Here: the pages of 交接. Not here: what goes over (handover.py)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desk.audience import colleagues
from desk.handover import hand_over, may_hand_over, open_work
from organizations.models import Post, User
from projects.errors import Invalid


@login_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The head of a unit chooses whose work goes over."""
    if not (request.user.is_business and request.user.post == Post.HEAD):
        raise PermissionDenied("本单位人员的交接由负责人办理。")
    rows = User.objects.filter(organization=request.user.organization_id).order_by("-is_active", "username")
    return render(request, "desk/handovers.html", {"people": rows.exclude(pk=request.user.pk)[:200]})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """What is tied to one person, to whom it may go, and the button. An administrator sees numbers, no project."""
    person = get_object_or_404(User.objects.select_related("organization"), pk=pk)
    if not may_hand_over(request.user, person):
        raise Http404
    errors = []
    if request.method == "POST":
        taker = request.POST.get("taker", "")
        try:
            work = hand_over(person, int(taker) if taker.isascii() and taker.isdigit() else None, actor=request.user)
            messages.success(request, f"已交接{sum(work.counts.values())}项。")
            return redirect("desk:handover", pk=pk)
        except Invalid as error:
            errors = [found[0]["message"] for found in error.errors.values()]
    context = {
        "person": person,
        "work": open_work(person),
        "colleagues": colleagues(person),
        "named": request.user.is_business,
        "errors": errors,
        "taker": request.POST.get("taker", ""),
    }
    return render(request, "desk/handover.html", context, status=400 if errors else 200)
