"""Here: what every request passes: where it comes from, and what a session still owes. Not here: sign-in."""

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from . import audit, second_factor

API_PREFIX = "/api/"
MUST_CHANGE = "请先修改初始密码，再继续办理。"
CODE_DUE = "请先输入验证码，再继续办理。"
DEVICE_MISSING = "管理员账号须先绑定两步验证，再继续办理。"


class AuditOrigin:
    """Notes the caller's address on everything recorded while the request is served."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with audit.coming_from(get_client_ip_address(request)):
            return self.get_response(request)


class Detour:
    """Leads a signed-in session that owes something to the page where it is given, from everywhere else."""

    keeps_the_way = False

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        owed = self.owed(request) if request.user.is_authenticated else None
        if owed is None or request.path.startswith(settings.STATIC_URL):
            return self.get_response(request)
        words, pages = owed
        addresses = [reverse(f"organizations:{name}") for name in (*pages, "logout")]
        return self.get_response(request) if request.path in addresses else self._refusal(request, words, addresses[0])

    def owed(self, request: HttpRequest) -> tuple[str, tuple[str, ...]] | None:
        """What to say, the page that helps and those that may be opened besides; None when nothing is owed."""
        raise NotImplementedError

    def _refusal(self, request: HttpRequest, words: str, page: str) -> HttpResponse:
        if request.path.startswith(API_PREFIX):
            problem = {"type": "about:blank", "title": words, "status": 403}
            return JsonResponse(problem, status=403, content_type="application/problem+json")
        if request.headers.get("HX-Request") == "true":
            return HttpResponseClientRedirect(page)
        wanted = self.keeps_the_way and request.method == "GET" and request.path != "/"
        return HttpResponseRedirect(f"{page}?{urlencode({'next': request.get_full_path()})}" if wanted else page)


class SecondFactor(Detour):
    """Asks for the code after the password, and a device of those who must have one."""

    keeps_the_way = True

    def owed(self, request: HttpRequest) -> tuple[str, tuple[str, ...]] | None:
        state = request.session.get(second_factor.SESSION_KEY)
        if state == second_factor.DUE:
            return CODE_DUE, ("code",)
        if state == second_factor.MISSING:
            return DEVICE_MISSING, ("second_factor", "password_change")
        return None


class MustChangePassword(Detour):
    """Asks for a password of one's own."""

    def owed(self, request: HttpRequest) -> tuple[str, tuple[str, ...]] | None:
        return (MUST_CHANGE, ("password_change", "code")) if request.user.must_change_password else None
