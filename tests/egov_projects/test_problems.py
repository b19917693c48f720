"""Here: API errors as problem+json. Not here: the pages of the same errors (test_errors)."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as ModelError
from django.http import Http404
from django.urls import path
from rest_framework import serializers
from rest_framework.decorators import api_view, permission_classes
from rest_framework.exceptions import Throttled
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.test import APIClient

from policies.verdicts import Comparison, Outcome, Verdict
from projects.errors import Invalid, Refused, Stale

VERDICT = Verdict(
    rule="YQ-X-1",
    clause="第三条",
    doc_no="文号",
    outcome=Outcome.REFUSES,
    basis="text",
    severity="refuse",
    says="要求",
    reason="缺少监理报告",
    comparisons=(Comparison("a.b", "报告份数", "at_least", "不少于", 0, 1, False),),
)
FAULTS = {
    "missing": Http404(),
    "denied": PermissionDenied(),
    "slow": Throttled(wait=7),
    "model": ModelError({"name": ["名称重复。"]}),
    "stale": Stale("项目已由他人办理。", seen="draft"),
    "refused": Refused("还差 1 项。", (VERDICT,)),
    "invalid": Invalid("请修改。", {"investment": [{"message": "不是金额。", "code": "invalid"}]}),
    "bug": ZeroDivisionError(),
}


class Item(serializers.Serializer):
    name = serializers.CharField()


class Order(serializers.Serializer):
    amount = serializers.DecimalField(max_digits=12, decimal_places=2)
    items = Item(many=True)


@api_view(["GET", "POST"])
@permission_classes([AllowAny])
def fail(request, name):
    raise FAULTS[name]


@api_view(["POST"])
@permission_classes([AllowAny])
def order(request):
    Order(data=request.data).is_valid(raise_exception=True)
    return Response({})


@api_view(["GET"])
def private(request):
    return Response({})


handler500 = "egov_projects.errors.server_error"
urlpatterns = [
    path("api/v1/fail/<str:name>", fail),
    path("api/v1/order", order),
    path("api/v1/private", private),
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def client() -> APIClient:
    return APIClient(raise_request_exception=False)


def problem(response, status: int) -> dict:
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    body = json.loads(response.content)
    assert body["status"] == status
    assert body["instance"].startswith("/api/v1/")
    assert body["request_id"] == response["X-Request-ID"] != ""
    return body


@pytest.mark.parametrize(
    ("name", "status", "title", "detail"),
    [
        ("missing", 404, "未找到", "没有找到，或者不在您的查看范围内。"),
        ("denied", 403, "没有权限", "您没有执行该操作的权限。"),
        ("slow", 429, "请求过于频繁", "请求已被限流。 预计 7 秒后可用。"),
    ],
)
def test_errors_of_the_framework_speak_chinese(client, name, status, title, detail):
    body = problem(client.get(f"/api/v1/fail/{name}"), status)
    assert (body["type"], body["title"], body["detail"]) == ("about:blank", title, detail)


def test_a_stranger_is_asked_to_log_in(client):
    response = client.get("/api/v1/private")
    assert problem(response, 401)["title"] == "需要登录"
    assert response["WWW-Authenticate"] == "Token"


def test_a_wrong_method_body_or_format(client):
    assert problem(client.put("/api/v1/order", {}), 405)["detail"] == "此地址不支持这种请求方法。"
    broken = client.post("/api/v1/order", '{"a":', content_type="application/json")
    assert problem(broken, 400)["detail"] == "请求体不是合法的 JSON。"
    assert problem(client.post("/api/v1/order", "<a/>", content_type="text/xml"), 415)["title"] == "不支持的内容格式"
    assert problem(client.get("/api/v1/private", HTTP_ACCEPT="text/html"), 406)["detail"] == "只能返回 JSON。"


def test_invalid_input_points_at_each_field(client):
    body = problem(client.post("/api/v1/order", {"amount": "1百万", "items": [{"name": "甲"}, {}]}), 400)
    assert body["errors"] == [
        {"pointer": "/amount", "detail": "请填写合法的数字。", "code": "invalid"},
        {"pointer": "/items/1/name", "detail": "该字段是必填项。", "code": "required"},
    ]


def test_a_models_own_validation_is_the_clients_error(client):
    body = problem(client.post("/api/v1/fail/model"), 400)
    assert body["errors"] == [{"pointer": "/name", "detail": "名称重复。", "code": "invalid"}]


def test_a_refusal_by_the_book_brings_its_verdicts(client):
    body = problem(client.post("/api/v1/fail/refused"), 409)
    assert (body["title"], body["detail"]) == ("依照规定暂不能办理", "还差 1 项。")
    assert (body["type"], body["rules"]) == ("urn:egov-projects:problem:refused", ["YQ-X-1"])
    (comparison,) = body["verdicts"][0]["comparisons"]
    assert (comparison["actual"], comparison["bound"]) == (0, 1)


def test_a_stale_or_invalid_knock_keeps_what_the_door_said(client):
    stale = problem(client.post("/api/v1/fail/stale"), 409)
    assert (stale["code"], stale["seen"], stale["detail"]) == ("stale", "draft", "项目已由他人办理。")
    invalid = problem(client.post("/api/v1/fail/invalid"), 400)
    assert invalid["errors"] == [{"pointer": "/investment", "detail": "不是金额。", "code": "invalid"}]


def test_a_bug_says_nothing_of_itself(client):
    body = problem(client.get("/api/v1/fail/bug"), 500)
    assert "ZeroDivision" not in str(body)
    assert body["detail"].startswith("系统出了问题")
