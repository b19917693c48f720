"""Here: the review queue as a page. Not here: what is in it (queue.py), handling many at once (views/bulk.py)."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from desk.inbox import link
from desk.models import Duty
from desk.saved import kept, opening, saved
from organizations.naming import office_here
from projects.evidence import EVIDENCE
from reviews import opinions
from reviews.bulk import handlings
from reviews.queue import PAGE, QueueFilter, asked_for, is_reviewer, queue, waiting
from reviews.reasons import due_in_words, reasons

PAGES = {
    "duplicate_judgement": "reviews:duplicates",
    "defect_verdict": "reviews:corrections",
}
MAIN = ("q", "task", "deadline", "sort")


def reviewer_only(user) -> None:
    """Raises PermissionDenied for everybody but the reviewing offices."""
    if not is_reviewer(user):
        raise PermissionDenied(f"审核由{office_here(user, 'centre')}办理。")


@login_required
@require_safe
def queue_page(request):
    """What waits, filtered, sorted, paged; opened without filters it shows the person's default view."""
    reviewer_only(request.user)
    if there := opening(request, "reviews:queue"):
        return there
    everything = queue(request.user)
    now = waiting(everything)
    form = QueueFilter(request.GET, waiting=now)
    valid = form.is_valid()
    found = asked_for(everything, form.cleaned_data) if valid else everything.none()
    paginator = Paginator(found, PAGE)
    if valid and not any(value for name, value in form.cleaned_data.items() if name != "sort"):
        paginator.count = now.counts["total"]  # known already
    page = paginator.get_page(request.GET.get("page"))
    query = kept(request.GET.urlencode())
    context = {
        "form": form,
        "main": [form[name] for name in MAIN],
        "more": [form[name] for name in form.fields if name not in MAIN],
        "open": any(request.GET.get(name) for name in form.fields if name not in MAIN) or not valid,
        "page": page,
        "rows": _rows(page, query),
        "counts": now.counts,
        "query": query,
        "handlings": handlings(request.user).values(),
        "saved": saved(request, "reviews:queue"),
    }
    return render(request, "reviews/queue.html", context, status=200 if valid else 400)


def _rows(page, query: str) -> list[dict]:
    """The duties of a page with their reason, deadline and addresses."""
    duties = list(page)
    why = reasons(duties)
    rows = []
    for at, duty in enumerate(duties, start=page.start_index() - 1 if duties else 0):
        text, mark = due_in_words(duty)
        url = review_url(duty.project.number, query, at)
        rows.append(
            {"duty": duty, "why": why[duty.pk], "due": text, "mark": mark, "url": url, "task_url": task_url(duty)}
        )
    return rows


def review_url(number: str, query: str, at: int) -> str:
    """The review page of a project as opened from this place in the queue with these filters."""
    asked = QueryDict(query, mutable=True)
    asked["queue"] = at
    return f"{reverse('reviews:review', args=[number])}?{asked.urlencode()}"


def task_url(duty: Duty) -> str:
    """Where a duty is done: this room's own page where it has one, else the desk's."""
    page, kind = PAGES.get(duty.name), EVIDENCE.get(duty.name)
    if kind and opinions.beside(kind):
        return reverse("reviews:opinion", args=[duty.project.number, kind.name])
    return reverse(page, args=[duty.project.number]) if page else link(duty)
