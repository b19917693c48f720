"""Here: what was typed when a session ended comes back after signing in. Not here: ending sessions (middleware.py).

A POST that ends at the sign-in page is kept in the fresh anonymous session: neither files nor secrets, nothing large,
and no longer than a session may idle. The next page with that address shows it again; saving is up to the person.
"""

import re
import time
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

KEPT = "kept_form"
MOST_CHARACTERS = 200_000
SECRET = re.compile(r"csrf|password|token|otp|secret", re.IGNORECASE)
NEVER = ("/login/", "/password/", "/admin/", "/api/", "/logout/")


class KeepTyped:
    """Stands outside IdleSession: when a POST ends at the sign-in page, what was typed is kept for the page it came from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        who = request.user.pk if request.user.is_authenticated else None
        response = self.get_response(request)
        if not self._turned_away(request, response):
            return response
        page = origin(request)
        if request.method == "POST":
            keep(request, page, who)
        address = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({REDIRECT_FIELD_NAME: page})}"
        htmx = request.headers.get("HX-Request") == "true"
        return HttpResponseClientRedirect(address) if htmx else HttpResponseRedirect(address)

    @staticmethod
    def _turned_away(request: HttpRequest, response: HttpResponse) -> bool:
        """Whether somebody who is not signed in was sent to sign in, from a form or from a part of a page."""
        if request.user.is_authenticated or response.status_code != 302 or request.path.startswith(NEVER):
            return False
        partial = request.method == "POST" or request.headers.get("HX-Request") == "true"
        return partial and urlsplit(response["Location"]).path == resolve_url(settings.LOGIN_URL)


def origin(request: HttpRequest) -> str:
    """The page on which the form stood; where the browser does not say so, the address it was sent to."""
    said = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    parts = urlsplit(said)
    here = url_has_allowed_host_and_scheme(said, {request.get_host()}, require_https=request.is_secure())
    if not said or not here or parts.path.startswith(NEVER):
        return request.path
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def keep(request: HttpRequest, page: str, who: int | None = None) -> None:
    """Put what was typed into the session for `page`; nothing when there is too much of it."""
    typed = {
        name: values
        for name, values in request.POST.lists()
        if not SECRET.search(name) and any(value.strip() for value in values)
    }
    if typed and sum(len(value) for values in typed.values() for value in values) <= MOST_CHARACTERS:
        request.session[KEPT] = {
            "page": page,
            "action": request.path,
            "fields": typed,
            "files": bool(request.FILES),
            "who": who,
            "at": int(time.time()),
        }


def kept_form(request: HttpRequest) -> dict:
    """Context processor: `kept_form`, what was typed on this page before the session ended; given out once.

    `idle_seconds` is how long a session may rest, for the warning before it ends.
    """
    return {"kept_form": lambda: given_back(request), "idle_seconds": int(settings.SESSION_IDLE.total_seconds())}


def given_back(request: HttpRequest) -> dict | None:
    """The kept form of this page and person, taken out of the session; None when there is none."""
    kept = request.session.get(KEPT) if hasattr(request, "session") else None
    if kept is None or not request.user.is_authenticated:
        return None
    if kept["who"] not in (None, request.user.pk) or time.time() - kept["at"] > settings.SESSION_IDLE.total_seconds():
        del request.session[KEPT]
        return None
    if request.method != "GET" or urlsplit(kept["page"]).path != request.path:
        return None
    del request.session[KEPT]
    return kept | {"shown": [(name, value) for name, values in kept["fields"].items() for value in values]}
