"""Here: the code after the password, in the browser and for tokens. Not here: passwords and lockouts (test_sign_in.py)."""

import base64
import re

import pytest
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from knox.models import AuthToken

from organizations import second_factor
from organizations.models import AuditEvent, Post, User
from tests.organizations.test_system_pages import told

PAGE = "/profile/second-factor/"


def code_of(device: TOTPDevice, *, step: int = 0) -> str:
    """The six digits of now, or of some half minutes later; the same code never counts twice."""
    return f"{totp(device.bin_key, drift=step):06d}"


@pytest.fixture
def clerk(person, bureau) -> User:
    return person("li", bureau)


@pytest.fixture
def bound(clerk) -> TOTPDevice:
    return TOTPDevice.objects.create(user=clerk, name="x", confirmed=True)


def test_binding_shows_a_picture_asks_for_a_code_and_hands_out_backup_codes(client, clerk):
    client.force_login(clerk)
    client.post(PAGE, {"do": "begin"})
    device = TOTPDevice.objects.get()
    page = told(client.get(PAGE))
    picture = base64.b64decode(re.search(r"data:image/svg\+xml;base64,([^\"]+)", page)[1])
    assert picture.startswith(b"<?xml")
    assert base64.b32encode(device.bin_key).decode() in page.replace(" ", "")
    wrong = client.post(PAGE, {"do": "confirm", "code": "000000"})
    assert (wrong.status_code, TOTPDevice.objects.get().confirmed) == (400, False)
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    answer = told(client.post(PAGE, {"do": "confirm", "code": code_of(device)}))
    codes = re.findall(r"<li>(\d{10})</li>", answer)
    assert (TOTPDevice.objects.get().confirmed, len(codes)) == (True, 10)
    assert codes[0] not in told(client.get(PAGE))
    assert AuditEvent.objects.filter(action="second_factor_bound", actor=clerk).count() == 1


def test_nothing_opens_between_password_and_code(client, bound, sign_in):
    assert sign_in("li").status_code == 302
    assert "待办" not in client.get("/login/code/").content.decode()
    assert client.get("/projects/?q=a")["Location"] == "/login/code/?next=%2Fprojects%2F%3Fq%3Da"
    assert client.get("/admin/")["Location"].startswith("/login/code/")
    assert client.post("/profile/", {"phone": "0577-61880000"})["Location"] == "/login/code/"
    api = client.get("/api/v1/projects/")
    assert (api.status_code, api.json()["title"]) == (403, "请先输入验证码，再继续办理。")
    wrong = client.post("/login/code/", {"code": "000000"})
    assert wrong.status_code == 400
    assert client.get("/profile/")["Location"] == "/login/code/?next=%2Fprofile%2F"
    assert AuditEvent.objects.filter(action="second_factor_failed").count() == 1


def test_the_code_opens_everything_and_leads_on(client, bound, sign_in):
    sign_in("li")
    opened = client.post("/login/code/", {"code": code_of(bound), "next": "/projects/?q=a"})
    assert opened["Location"] == "/projects/?q=a"
    assert client.get("/profile/").status_code == 200
    assert client.get("/login/code/")["Location"] == "/"


def test_the_way_on_never_leads_outside(client, bound, sign_in):
    sign_in("li")
    assert client.post("/login/code/", {"code": code_of(bound), "next": "https://example.com/"})["Location"] == "/"


def test_a_code_counts_once(client, bound, sign_in):
    code = code_of(bound)
    sign_in("li")
    client.post("/login/code/", {"code": code})
    other = Client()
    other.post("/login/", {"username": "li", "password": "Ximu-Qiao-2015"})
    assert other.post("/login/code/", {"code": code}).status_code == 400


def test_guessing_is_slowed_down(client, bound, sign_in):
    sign_in("li")
    client.post("/login/code/", {"code": "000000"})
    assert client.post("/login/code/", {"code": code_of(bound)}).status_code == 400


def test_a_backup_code_works_once(client, clerk, bound, sign_in):
    code = second_factor.new_backup_codes(clerk)[0]
    sign_in("li")
    assert client.post("/login/code/", {"code": code}).status_code == 302
    assert StaticToken.objects.count() == 9
    assert not StaticToken.objects.filter(token=code).exists()


def test_new_codes_and_giving_up_need_a_code(client, clerk, bound, sign_in):
    sign_in("li")
    client.post("/login/code/", {"code": code_of(bound)})
    refused = client.post(PAGE, {"do": "remove", "code": "000000"})
    assert (refused.status_code, TOTPDevice.objects.count()) == (400, 1)
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None, last_t=-1)
    assert client.post(PAGE, {"do": "remove", "code": code_of(bound)})["Location"] == PAGE
    assert TOTPDevice.objects.count() == 0


@pytest.mark.parametrize("post", [Post.SYSTEM_ADMIN, Post.SECURITY_ADMIN, Post.AUDIT_ADMIN])
def test_administrators_bind_before_anything_else_where_it_is_required(client, person, sign_in, settings, post):
    settings.REQUIRE_TOTP = True
    admin = person("root", None, post)
    sign_in("root")
    assert client.get("/system/")["Location"] == f"{PAGE}?next=%2Fsystem%2F"
    assert client.get("/security/")["Location"].startswith(PAGE)
    client.post(PAGE, {"do": "begin"})
    client.post(PAGE, {"do": "confirm", "code": code_of(TOTPDevice.objects.get(user=admin))})
    assert client.get("/profile/").status_code == 200
    TOTPDevice.objects.update(last_t=-1)
    assert client.post(PAGE, {"do": "remove", "code": code_of(TOTPDevice.objects.get())}).status_code == 200
    assert TOTPDevice.objects.count() == 1  # new backup codes instead


def test_officials_need_none(client, clerk, sign_in, settings):
    settings.REQUIRE_TOTP = True
    sign_in("li")
    assert client.get("/profile/").status_code == 200


def test_an_initial_password_is_changed_after_the_code(client, clerk, bound, sign_in):
    User.objects.update(must_change_password=True)
    sign_in("li")
    assert client.get("/password/")["Location"].startswith("/login/code/")
    client.post("/login/code/", {"code": code_of(bound)})
    assert client.get("/profile/")["Location"] == "/password/"


def test_a_token_asks_for_the_code_too(client, bound, person, settings, password):
    login = {"username": "li", "password": password}
    without = client.post("/api/v1/auth/login", login)
    assert (without.status_code, without.json()["detail"]) == (401, "验证码缺失或不正确。")
    assert client.post("/api/v1/auth/login", login | {"code": code_of(bound)}).status_code == 200
    assert AuthToken.objects.count() == 1
    settings.REQUIRE_TOTP = True
    person("root", None, Post.SYSTEM_ADMIN)
    assert client.post("/api/v1/auth/login", {"username": "root", "password": password}).status_code == 403


def test_the_security_administrator_frees_somebody_whose_telephone_is_lost(client, clerk, bound, person):
    guard = person("guard", None, Post.SECURITY_ADMIN)
    client.force_login(guard)
    client.post(f"/security/people/{clerk.pk}/factor/", {})
    assert TOTPDevice.objects.count() == 1  # no reason, no freeing
    client.post(f"/security/people/{clerk.pk}/factor/", {"reason": "手机遗失"})
    event = AuditEvent.objects.get(action="second_factor_removed")
    assert (TOTPDevice.objects.count(), event.actor, event.detail["reason"]) == (0, guard, "手机遗失")
