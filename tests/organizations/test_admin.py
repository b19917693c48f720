"""Here: who opens what in the admin site. Not here: the tables' own rules."""

import pytest

from organizations import audit
from organizations.models import AuditEvent, CertificateType, Post, User

TABLES = ["jurisdiction", "organization", "office", "user", "delegation", "certificatetype"]
POSTS_WITHOUT = [Post.CLERK, Post.HEAD, Post.SECURITY_ADMIN]


@pytest.fixture
def enter(client, person, bureau):
    def as_post(post: str) -> User:
        user = person("somebody", bureau, post, is_superuser=True)
        client.force_login(user)
        return user

    return as_post


@pytest.mark.parametrize("table", TABLES)
def test_the_system_administrator_keeps_the_tables_and_deletes_nothing(client, enter, table):
    user = enter(Post.SYSTEM_ADMIN)
    assert client.get(f"/admin/organizations/{table}/").status_code == 200
    assert client.get(f"/admin/organizations/{table}/add/").status_code == 200
    assert client.get(f"/admin/organizations/user/{user.pk}/delete/").status_code == 403


def test_the_system_administrator_sees_these_tables_and_no_other(client, enter):
    enter(Post.SYSTEM_ADMIN)
    shown = client.get("/admin/").context["app_list"]
    named = {f"{app['app_label']}.{model['object_name'].lower()}" for app in shown for model in app["models"]}
    assert named == {f"organizations.{table}" for table in TABLES} | {"reviews.expert"}
    assert client.get("/admin/organizations/auditevent/").status_code == 403
    assert client.get("/admin/auth/group/").status_code == 403


def test_the_auditor_reads_the_log_and_nothing_else(client, enter):
    user = enter(Post.AUDIT_ADMIN)
    event = audit.record(user, "login_failed", "某人")
    shown = client.get("/admin/").context["app_list"]
    assert [model["object_name"] for app in shown for model in app["models"]] == ["AuditEvent"]
    page = client.get("/admin/organizations/auditevent/")
    assert "登录失败" in page.content.decode()
    assert client.get(f"/admin/organizations/auditevent/{event.pk}/change/").status_code == 200
    assert client.post(f"/admin/organizations/auditevent/{event.pk}/change/", {}).status_code == 403
    assert client.get("/admin/organizations/auditevent/add/").status_code == 403
    assert client.post(f"/admin/organizations/auditevent/{event.pk}/delete/").status_code == 403
    assert [client.get(f"/admin/organizations/{table}/").status_code for table in TABLES] == [403] * 6


@pytest.mark.parametrize("post", POSTS_WITHOUT)
def test_everybody_else_stays_outside_even_with_the_superuser_flag(client, enter, post):
    enter(post)
    for table in [*TABLES, "auditevent"]:
        assert client.get(f"/admin/organizations/{table}/").status_code == 302


def test_a_new_account_starts_with_a_password_to_change_and_is_recorded(client, enter, bureau):
    administrator = enter(Post.SYSTEM_ADMIN)
    data = {
        "username": "new",
        "display_name": "新人",
        "organization": bureau.pk,
        "post": "clerk",
        "usable_password": "true",
        "password1": "Bai-Shi-Jie-Dao-1",
        "password2": "Bai-Shi-Jie-Dao-1",
    }
    assert client.post("/admin/organizations/user/add/", data).status_code == 302
    user = User.objects.get(username="new")
    assert (user.must_change_password, user.post, user.is_staff) == (True, "clerk", False)
    event = AuditEvent.objects.get(action="admin_add")
    assert (event.actor, event.target, event.detail["pk"]) == (administrator, "新人", user.pk)


def test_a_reset_password_must_be_changed(client, enter, person, bureau):
    enter(Post.SYSTEM_ADMIN)
    user = person("li", bureau)
    data = {"usable_password": "true", "password1": "Bai-Shi-Jie-Dao-1", "password2": "Bai-Shi-Jie-Dao-1"}
    assert client.post(f"/admin/organizations/user/{user.pk}/password/", data).status_code == 302
    user.refresh_from_db()
    assert user.must_change_password is True
    assert AuditEvent.objects.filter(action="admin_change", target="Li").count() == 1


def test_nobody_changes_their_own_post(client, enter):
    user = enter(Post.SYSTEM_ADMIN)
    data = {
        "username": user.username,
        "display_name": "新名",
        "post": "head",
        "phone": "",
        "email": "",
        "is_active": "",
    }
    assert client.post(f"/admin/organizations/user/{user.pk}/change/", data).status_code == 302
    user.refresh_from_db()
    assert (user.display_name, user.post, user.is_active) == ("新名", "system_admin", True)


def test_a_registered_certificate_type_names_who_registered_it(client, enter):
    user = enter(Post.SYSTEM_ADMIN)
    data = {"code": "x", "name": "某证", "family": "testing", "basis": "某文", "active": "on"}
    assert client.post("/admin/organizations/certificatetype/add/", data).status_code == 302
    assert CertificateType.objects.get(code="x").registered_by == user
