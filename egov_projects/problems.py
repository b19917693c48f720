"""Here: every API error as RFC 9457 problem+json, in Chinese. Not here: why something is refused (the rooms say)."""

from typing import Any

import structlog
from django.core.exceptions import ValidationError as ModelError
from rest_framework import exceptions
from rest_framework.fields import get_error_detail
from rest_framework.response import Response
from rest_framework.views import exception_handler as rest_handler
from rest_framework.views import set_rollback

from projects.errors import Invalid, ProjectError, Refused

MEDIA_TYPE = "application/problem+json"
DUMPS = {"ensure_ascii": False}
TITLES = {
    400: "请求有误",
    401: "需要登录",
    403: "没有权限",
    404: "未找到",
    405: "不支持的操作",
    406: "不支持的返回格式",
    409: "现在不能办理",
    413: "内容过大",
    415: "不支持的内容格式",
    429: "请求过于频繁",
    500: "系统错误",
    503: "暂时不能办理",
}
INVALID = "提交的内容有误，请按提示修改后再提交。"
DETAILS = {
    404: "没有找到，或者不在您的查看范围内。",
    405: "此地址不支持这种请求方法。",
    406: "只能返回 JSON。",
    415: "只接受 JSON 或表单上传。",
    "parse_error": "请求体不是合法的 JSON。",
}


def title(status: int) -> str:
    """The short Chinese name of an HTTP status."""
    return TITLES.get(status, "请求未完成")


def body(status: int, detail: str, instance: str, **more: Any) -> dict[str, Any]:
    """The members of a problem document; `more` are extension members such as `errors` or `verdicts`."""
    request_id = structlog.contextvars.get_contextvars().get("request_id", "")
    return {
        "type": "about:blank",
        "title": title(status),
        "status": status,
        "detail": detail,
        "instance": instance,
        "request_id": str(request_id),
        **more,
    }


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's EXCEPTION_HANDLER; None lets an unforeseen fault become a 500.

    A refusal by the door (ProjectError) brings its own status, title, verdicts and field errors.
    """
    path = context["request"].path
    if isinstance(exc, ProjectError):
        return _refusal(exc, path)
    if isinstance(exc, ModelError):
        exc = exceptions.ValidationError(get_error_detail(exc))
    response = rest_handler(exc, context)
    if response is None:
        return None
    if isinstance(exc, exceptions.ValidationError):
        response.data = body(400, INVALID, path, errors=list(_errors(response.data, "")))
    else:
        response.data = body(response.status_code, _detail(exc, response), path)
    response.content_type = MEDIA_TYPE
    return response


def _refusal(exc: ProjectError, path: str) -> Response:
    set_rollback()
    more = {"type": f"urn:egov-projects:problem:{exc.code}", "title": exc.title, "code": exc.code, **exc.extra}
    if isinstance(exc, Refused):
        more |= {"rules": exc.rules, "verdicts": [verdict.as_json() for verdict in exc.verdicts]}
    if isinstance(exc, Invalid):
        more["errors"] = [
            {"pointer": f"/{name}", "detail": str(each["message"]), "code": each["code"]}
            for name, found in exc.errors.items()
            for each in found
        ]
    return Response(body(exc.status, exc.detail, path, **more), status=exc.status, content_type=MEDIA_TYPE)


def _detail(exc: Exception, response: Response) -> str:
    code = getattr(exc, "default_code", "")
    fixed = DETAILS.get(code) or DETAILS.get(response.status_code)
    return str(fixed or response.data.get("detail", "") or title(response.status_code))


def _errors(data: Any, pointer: str) -> Any:
    """Flatten DRF's nested errors to `{"pointer": "/items/0/name", "detail": …, "code": …}` (RFC 6901 pointers)."""
    if isinstance(data, dict):
        for key, value in data.items():
            step = str(key).replace("~", "~0").replace("/", "~1")
            yield from _errors(value, pointer if key == "non_field_errors" else f"{pointer}/{step}")
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _errors(value, f"{pointer}/{index}" if isinstance(value, dict | list) else pointer)
    else:
        yield {"pointer": pointer, "detail": str(data), "code": getattr(data, "code", "invalid")}
