"""Here: tokens of machine callers. Not here: sign-in of people (organizations)."""

import pytest
from knox.models import AuthToken
from rest_framework.test import APIClient

PASSWORD = "Ximu-Qiao-2015"
LOGIN = "/api/v1/auth/login"


@pytest.fixture
def machine(city):
    user = city.users["applicant"]
    user.must_change_password = False
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def api():
    return APIClient()


def log_in(api, machine, password=PASSWORD):
    return api.post(LOGIN, {"username": machine.username, "password": password})


def test_a_token_opens_the_api_until_it_is_revoked(api, machine):
    token = log_in(api, machine).json()["token"]
    assert AuthToken.objects.get().digest != token
    api.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    assert api.post("/api/v1/auth/logout").status_code == 204
    assert api.post("/api/v1/auth/logout").status_code == 401


def test_an_unknown_name_and_a_wrong_password_read_the_same(api, machine):
    wrong = log_in(api, machine, "wrong")
    unknown = api.post(LOGIN, {"username": "nobody", "password": "wrong"})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json()["detail"] == unknown.json()["detail"] == "用户名或密码不正确。"


def test_five_failures_lock_the_name_for_a_quarter_of_an_hour(api, machine):
    statuses = [log_in(api, machine, "wrong").status_code for _ in range(5)]
    assert statuses == [401, 401, 401, 401, 429]
    locked = log_in(api, machine)
    assert (locked.status_code, locked["Retry-After"]) == (429, "900")
    assert locked["Content-Type"] == "application/problem+json"
    assert "15 分钟" in locked.json()["detail"]
    assert AuthToken.objects.count() == 0


def test_an_initial_password_gives_no_token(api, machine):
    machine.must_change_password = True
    machine.save()
    refused = log_in(api, machine)
    assert (refused.status_code, refused.json()["detail"]) == (403, "请先登录网页修改初始密码，再申请令牌。")
    assert AuthToken.objects.count() == 0
