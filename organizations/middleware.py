"""Here: what every request passes: where it comes from, and a password that must be changed. Not here: sign-in."""

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from . import audit

API_PREFIX = "/api/"
MUST_CHANGE = "请先修改初始密码，再继续办理。"


class AuditOrigin:
    """Notes the caller's address on everything recorded while the request is served."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with audit.coming_from(get_client_ip_address(request)):
            return self.get_response(request)


class MustChangePassword:
    """Leads a signed-in user whose password is not their own yet to the password page, from everywhere."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and user.must_change_password and not self._exempt(request.path):
            return self._refusal(request)
        return self.get_response(request)

    @staticmethod
    def _exempt(path: str) -> bool:
        pages = {reverse("organizations:password_change"), reverse("organizations:logout")}
        return path in pages or path.startswith(settings.STATIC_URL)

    @staticmethod
    def _refusal(request: HttpRequest) -> HttpResponse:
        page = reverse("organizations:password_change")
        if request.path.startswith(API_PREFIX):
            problem = {"type": "about:blank", "title": MUST_CHANGE, "status": 403}
            return JsonResponse(problem, status=403, content_type="application/problem+json")
        if request.headers.get("HX-Request") == "true":
            return HttpResponseClientRedirect(page)
        return HttpResponseRedirect(page)
