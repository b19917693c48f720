"""Here: what people see when a request fails outside a view. Not here: the API's errors (test_problems)."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path


def suspicious(request):
    raise SuspiciousOperation("内部细节")


def denied(request):
    raise PermissionDenied("这份材料只有评审专家可以查看。")


def silent(request):
    raise PermissionDenied


def outage(request):
    raise OperationalError("password=secret")


def bug(request):
    raise ZeroDivisionError


def form(request):
    return HttpResponse("ok")


handler400 = "egov_projects.errors.bad_request"
handler403 = "egov_projects.errors.forbidden"
handler404 = "egov_projects.errors.not_found"
handler500 = "egov_projects.errors.server_error"
urlpatterns = [
    path("suspicious", suspicious),
    path("denied", denied),
    path("silent", silent),
    path("outage", outage),
    path("api/v1/outage", outage),
    path("bug", bug),
    path("form", form),
    path("", include("egov_projects.urls")),
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/suspicious", 400, "请求的内容无法识别"),
        ("/denied", 403, "这份材料只有评审专家可以查看。"),
        ("/silent", 403, "您没有办理此事的权限"),
        ("/nowhere", 404, "没有找到这个页面"),
        ("/bug", 500, "系统出了问题"),
        ("/outage", 503, "没有保存任何改动"),
    ],
)
def test_every_error_is_a_chinese_page_with_its_number(address, status, says):
    response = Client(raise_request_exception=False).get(address)
    assert response.status_code == status
    page = response.content.decode()
    assert says in page
    assert response["X-Request-ID"] in page
    assert "secret" not in page and "内部细节" not in page


def test_an_outage_asks_to_come_back():
    response = Client().get("/api/v1/outage")
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert response["Content-Type"] == "application/problem+json"


def test_a_form_without_its_token_is_explained():
    response = Client(enforce_csrf_checks=True).post("/form")
    assert response.status_code == 403
    assert "本次提交没有被接受" in response.content.decode()


def test_an_unknown_api_address_is_a_problem():
    response = Client().get("/api/v1/nowhere")
    assert response.status_code == 404
    assert response.json()["title"] == "未找到"
