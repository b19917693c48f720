"""Here: sign-in, lockout, forced password change, and their records. Not here: profile pages."""

import pytest
from django.contrib.auth.hashers import get_hasher
from django.urls import reverse
from knox.models import AuthToken

from organizations.models import AuditEvent, Post

WRONG = "用户名或密码不正确，请核对后重试。连续输错 5 次，将暂停登录一段时间。"


@pytest.fixture
def clerk(person, bureau):
    return person("li", bureau)


def events() -> list[tuple[str, str]]:
    return list(AuditEvent.objects.order_by("id").values_list("action", "actor_name"))


def test_addresses():
    names = ["login", "logout", "password_change", "profile", "unit", "delegations"]
    assert [reverse(f"organizations:{name}") for name in names] == [
        "/login/",
        "/logout/",
        "/password/",
        "/profile/",
        "/unit/",
        "/delegations/",
    ]


def test_sign_in_rotates_the_session_and_is_recorded(client, clerk, sign_in):
    client.get("/login/")
    session = client.session
    session["before"] = 1
    session.save()
    key = session.session_key
    client.cookies["sessionid"] = key
    response = sign_in("li", REMOTE_ADDR="10.0.0.7")
    assert response.status_code == 302
    assert client.session.session_key != key
    event = AuditEvent.objects.get()
    assert (event.action, event.actor, event.actor_name, event.ip) == ("login", clerk, "Li", "10.0.0.7")


def test_sign_out_is_recorded(client, clerk):
    client.force_login(clerk)
    response = client.post("/logout/")
    assert (response.status_code, response["Location"]) == (302, "/login/")
    assert events() == [("login", "Li"), ("logout", "Li")]
    assert client.get("/profile/").status_code == 302


def test_sign_out_needs_a_post(client, clerk):
    client.force_login(clerk)
    assert client.get("/logout/").status_code == 405


@pytest.mark.parametrize("username", ["li", "nobody", "gone"], ids=["wrong password", "unknown", "closed account"])
def test_a_failure_says_the_same_whoever_it_is(clerk, person, bureau, sign_in, username, password):
    person("gone", bureau, is_active=False)
    response = sign_in(username, password if username == "gone" else "wrong")
    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [WRONG]
    assert events() == [("login_failed", username)]


def test_an_unknown_name_costs_a_password_hash_too(clerk, sign_in, monkeypatch):
    """The work is counted, not the time: one hash for a known user, one for an unknown one."""
    hasher = type(get_hasher())
    counted, encode = [], hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda self, *args: counted.append(1) or encode(self, *args))
    sign_in("li", "wrong")
    known = len(counted)
    sign_in("nobody", "wrong")
    assert (known, len(counted) - known) == (1, 1)


@pytest.mark.parametrize("username", ["li", "nobody"])
def test_the_fifth_failure_locks_known_and_unknown_alike(clerk, sign_in, username):
    assert [sign_in(username, "wrong").status_code for _ in range(5)] == [200, 200, 200, 200, 429]
    assert sign_in(username).status_code == 429
    assert "_auth_user_id" not in sign_in(username).wsgi_request.session
    assert [action for action, _ in events()].count("login_locked") >= 1
    assert "login" not in [action for action, _ in events()]


def test_four_failures_do_not_lock(clerk, sign_in):
    for _ in range(4):
        sign_in("li", "wrong")
    assert sign_in("li").status_code == 302


def test_the_next_page_is_only_one_of_ours(client, clerk, sign_in, password):
    data = {"username": "li", "password": password}
    assert client.post("/login/", data | {"next": "/unit/"})["Location"] == "/unit/"
    client.logout()
    assert client.post("/login/", data | {"next": "https://evil.example/"})["Location"] == "/"


def test_a_foreign_password_leads_everywhere_to_its_change(client, person, bureau):
    client.force_login(person("new", bureau, must_change_password=True))
    for page in ("/profile/", "/unit/", "/delegations/", "/admin/", "/no-such-page/"):
        response = client.get(page)
        assert (response.status_code, response["Location"]) == (302, "/password/")
    assert client.get("/password/").status_code == 200
    assert client.get("/unit/", headers={"HX-Request": "true"})["HX-Redirect"] == "/password/"
    refused = client.get("/api/v1/anything")
    assert (refused.status_code, refused["Content-Type"]) == (403, "application/problem+json")
    assert client.post("/logout/")["Location"] == "/login/"


def test_changing_the_password_opens_the_way_and_ends_tokens(client, person, bureau, password):
    user = person("new", bureau, must_change_password=True)
    AuthToken.objects.create(user)
    client.force_login(user)
    new = {"old_password": password, "new_password1": "Liu-Shi-Zhen-9", "new_password2": "Liu-Shi-Zhen-9"}
    assert client.post("/password/", new)["Location"] == "/profile/"
    user.refresh_from_db()
    assert user.must_change_password is False
    assert user.check_password("Liu-Shi-Zhen-9")
    assert AuthToken.objects.count() == 0
    assert client.get("/profile/").status_code == 200
    assert events()[-1] == ("password_changed", "New")


def test_the_new_password_must_differ(client, person, bureau, password):
    user = person("new", bureau, must_change_password=True)
    client.force_login(user)
    same = {"old_password": password, "new_password1": password, "new_password2": password}
    response = client.post("/password/", same)
    assert response.context["form"].errors == {"new_password1": ["新密码不能与原密码相同。"]}
    user.refresh_from_db()
    assert user.must_change_password is True


def test_no_token_for_an_initial_password(client, person, bureau, password):
    person("new", bureau, Post.CLERK, must_change_password=True)
    body = {"username": "new", "password": password}
    response = client.post("/api/v1/auth/login", body, content_type="application/json")
    assert response.status_code == 403
    assert response.json()["detail"] == "请先登录网页修改初始密码，再申请令牌。"
    assert AuthToken.objects.count() == 0
