"""Here: what a person or a program sees when a request fails outside a view. Not here: refusals by the book."""

from typing import Any

import structlog
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from egov_projects import problems

DETAILS = {
    400: "请求的内容无法识别，请返回后检查再试。",
    403: "您没有办理此事的权限。如需办理，请联系本单位负责人或系统管理员。",
    404: "没有找到这个页面，或者它不在您的查看范围内。",
    413: "上传的内容太大,请压缩或拆分后再上传。",
    429: "登录失败次数过多，账号已暂时锁定，请 15 分钟后再试。",
    500: "系统出了问题，已记录在案。请稍后再试；若仍不行，请把下面的编号告诉系统管理员。",
    503: "系统暂时不能办理，没有保存任何改动。请稍后再试。",
}
STALE_FORM = "页面停留过久或已在别处登录，本次提交没有被接受。请返回并刷新页面后重新提交。"


def request_id() -> str:
    """The id under which this request stands in the log; empty outside a request."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))


def answer(request: HttpRequest, status: int, detail: str = "") -> HttpResponse:
    """An error as problem+json for the API, else as the page `errors/<status>.html`."""
    detail = detail or DETAILS[status]
    if request.path.startswith("/api/"):
        body = problems.body(status, detail, request.path)
        return JsonResponse(body, status=status, content_type=problems.MEDIA_TYPE, json_dumps_params=problems.DUMPS)
    context = {"status": status, "title": problems.title(status), "detail": detail, "request_id": request_id()}
    # Without the request: a context processor that reads the user would fail again when the database is away.
    return HttpResponse(render_to_string(f"errors/{status}.html", context), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400; an upload over the limit is 413."""
    return answer(request, 413, str(exception)) if isinstance(exception, RequestDataTooBig) else answer(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403; a sentence given to PermissionDenied is shown."""
    return answer(request, 403, str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404; never says whether the thing exists for somebody else."""
    return answer(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500."""
    return answer(request, 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database does not answer."""
    response = answer(request, 503)
    response["Retry-After"] = "10"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: the reason is for the log, people are told what to do."""
    return answer(request, 403, STALE_FORM)


def locked_out(request: HttpRequest, response: Any = None, credentials: Any = None) -> HttpResponse:
    """AXES_LOCKOUT_CALLABLE: after too many failed logins."""
    response = answer(request, 429)
    response["Retry-After"] = "900"
    return response
