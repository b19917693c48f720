"""Here: the calendar that programmes fetch without signing in, and the page where a person makes or ends its address.

Not here: what it holds (feed), its format (ics).
"""

from axes.helpers import get_client_ip_address
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from deadlines import feed, ics
from deadlines.models import CalendarFeed
from organizations import clock

HOUR = 3600
READS, MISSES = 60, 300  # of one address, and wrong ones from one place, in an hour


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar behind a secret address: 404 for one that does not stand, 429 for too many readings in an hour."""
    user = feed.reader(token)
    if user is None:
        if _too_often(f"misses:{get_client_ip_address(request)}", MISSES):
            return _wait()
        raise Http404
    if _too_often(f"reads:{feed.digest(token)}", READS):
        return _wait()
    body = ics.calendar(f"时限·{user.get_full_name()}", feed.entries(user, request.build_absolute_uri("/")[:-1]), now=clock.now())
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": 'inline; filename="deadlines.ics"',
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


def _too_often(what: str, most: int) -> bool:
    key = f"feed:{what}:{clock.now():%Y%m%d%H}"
    count = (cache.get(key) or 0) + 1
    cache.set(key, count, HOUR)
    return count > most


def _wait() -> HttpResponse:
    return HttpResponse("读取过于频繁,请稍后再试。", status=429, content_type="text/plain; charset=utf-8", headers={"Retry-After": HOUR})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscription(request: HttpRequest) -> HttpResponse:
    """One's own calendar address: make a new one, which is shown once, or end it."""
    if not request.user.is_business:
        raise PermissionDenied("日历订阅只供办理业务的人员使用。")
    address = ""
    if request.POST.get("do") == "revoke":
        if feed.revoke(request.user):
            messages.success(request, "日历地址已停用。")
        return redirect("deadlines:subscription")
    if request.method == "POST":
        address = request.build_absolute_uri(reverse("deadlines:feed", args=[feed.rotate(request.user)]))
    row = CalendarFeed.objects.filter(user=request.user).first()
    return render(request, "deadlines/subscription.html", {"row": row, "address": address})
