"""Here: rights, lockouts, sessions and tokens on the security administrator's pages. Not here: the second factor."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from knox.models import AuthToken

from organizations.models import AuditEvent, Post, User
from tests.organizations.test_system_pages import told


@pytest.fixture
def guard(client, person) -> User:
    user = person("guard", None, Post.SECURITY_ADMIN)
    client.force_login(user)
    return user


def test_rights_follow_from_post_and_office(client, guard, person, centre, bureau):
    person("officer", centre)
    person("clerk", bureau)
    rows = {row["person"].username: row for row in client.get("/security/").context["rows"]}
    assert rows["officer"]["offices"] == ["乐清市电子政务中心"]
    assert (rows["clerk"]["offices"], rows["clerk"]["files"]) == ([], True)
    assert (rows["guard"]["offices"], rows["guard"]["files"]) == ([], False)
    only = client.get("/security/?role=centre").context["rows"]
    assert [row["person"].username for row in only] == ["officer"]


def test_a_locked_name_is_shown_and_released(client, guard, person, bureau, password):
    person("li", bureau)
    stranger = Client()
    for _ in range(5):
        stranger.post("/login/", {"username": "li", "password": "wrong"})
    assert stranger.post("/login/", {"username": "li", "password": password}).status_code == 429
    page = told(client.get("/security/lockouts/"))
    assert "锁定中" in page
    client.post(re.search(r"/security/lockouts/\d+/release/", page)[0])
    assert stranger.post("/login/", {"username": "li", "password": password}).status_code == 302
    event = AuditEvent.objects.get(action="lockout_released")
    assert (event.actor, event.target) == (guard, "li")


def test_a_session_is_ended_without_showing_its_key(client, guard, person, bureau):
    theirs = Client()
    theirs.force_login(person("li", bureau))
    key = theirs.session.session_key
    page = told(client.get("/security/sessions/"))
    marks = re.findall(r"/security/sessions/(\w+)/end/", page)
    assert (len(marks), key in page) == (1, False)
    assert client.post(f"/security/sessions/{marks[0]}/end/").status_code == 302
    assert theirs.get("/profile/")["Location"].startswith("/login/")
    assert not Session.objects.filter(session_key=key).exists()
    assert AuditEvent.objects.get(action="session_ended").target == "Li"
    assert client.post(f"/security/sessions/{marks[0]}/end/").status_code == 404


def test_a_token_is_revoked(client, guard, person, bureau):
    token, _ = AuthToken.objects.create(user=person("li", bureau))
    assert token.digest in told(client.get("/security/sessions/"))
    client.post(f"/security/tokens/{token.digest}/revoke/")
    assert (AuthToken.objects.count(), AuditEvent.objects.get(action="token_revoked").target) == (0, "li")


def test_the_policy_is_shown_as_it_is_set(client, guard, settings):
    settings.REQUIRE_TOTP = True
    page = told(client.get("/security/policy/"))
    assert "5 次锁定 15 分钟" in page
    assert "<dd>30 分钟</dd>" in page
    assert "三类管理员不绑定就不能办理任何事" in page


@pytest.mark.parametrize("path", ["/security/", "/security/sessions/", "/security/lockouts/", "/security/policy/"])
def test_the_queries_do_not_grow_with_the_rows(client, guard, person, centre, path):
    def grown(count: int) -> int:
        for number in range(User.objects.count(), count):
            user = person(f"p{number}", centre)
            AuthToken.objects.create(user=user)
            Client().force_login(user)
            Client().post("/login/", {"username": user.username, "password": "wrong"})
        client.get(path)  # a session notes its first page
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        return len(captured)

    assert grown(3) == grown(20)
