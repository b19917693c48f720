"""Here: units, accounts and offices on the system administrator's pages. Not here: who opens them (test_matrix.py)."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from knox.models import AuthToken

from organizations.models import AuditEvent, Jurisdiction, Office, Organization, Post, User


@pytest.fixture
def admin(client, person) -> User:
    user = person("root", None, Post.SYSTEM_ADMIN)
    client.force_login(user)
    return user


def told(response) -> str:
    return response.content.decode()


def actions() -> list[str]:
    return [
        action for action in AuditEvent.objects.order_by("id").values_list("action", flat=True) if action != "login"
    ]


def test_a_unit_is_opened_changed_closed_and_reopened(client, admin, city):
    data = {"jurisdiction": city.pk, "name": "市体育局", "type": "direct", "short_name": "", "credit_code": ""}
    opened = client.post("/system/units/new/", data)
    unit = Organization.objects.get()
    assert opened["Location"] == f"/system/units/{unit.pk}/"
    client.post(f"/system/units/{unit.pk}/", data | {"name": "市文体局"})
    client.post(f"/system/units/{unit.pk}/active/", {"active": "no"})
    unit.refresh_from_db()
    assert (unit.name, unit.active) == ("市文体局", True)  # no reason, no closing
    client.post(f"/system/units/{unit.pk}/active/", {"active": "no", "reason": "撤并"})
    unit.refresh_from_db()
    assert unit.active is False
    client.post(f"/system/units/{unit.pk}/active/", {"active": "yes"})
    assert Organization.objects.get().active is True
    assert actions() == ["unit_opened", "unit_changed", "unit_closed", "unit_reopened"]
    assert AuditEvent.objects.get(action="unit_changed").detail["after"] == {"name": "市文体局"}
    assert AuditEvent.objects.get(action="unit_closed").detail["reason"] == "撤并"


def test_a_name_that_is_taken_is_told_at_the_form_and_nothing_typed_is_lost(client, admin, city, bureau):
    data = {"jurisdiction": city.pk, "name": bureau.name, "type": "town", "short_name": "教局"}
    refused = client.post("/system/units/new/", data)
    assert refused.status_code == 400
    assert "本辖区已有同名单位。" in told(refused)
    assert 'value="教局"' in told(refused)


def test_an_account_gets_a_password_that_is_shown_once_and_must_be_changed(client, admin, bureau, sign_in):
    data = {"username": "new", "display_name": "新人", "organization": bureau.pk, "post": "clerk"}
    opened = client.post("/system/people/new/", data)
    password = re.search(r'class="secret">([^<]+)<', told(opened))[1]
    assert re.fullmatch(r"\w{4}(-\w{4}){3}", password)
    assert opened["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    person = User.objects.get(username="new")
    assert (person.check_password(password), person.must_change_password) == (True, True)
    assert password not in told(client.get(f"/system/people/{person.pk}/"))
    event = AuditEvent.objects.get(action="account_opened")
    assert (event.actor, event.target, password in str(event.detail)) == (admin, "new", False)
    client.logout()
    assert sign_in("new", password).status_code == 302
    assert client.get("/")["Location"] == "/password/"


def test_an_official_needs_a_unit(client, admin):
    refused = client.post("/system/people/new/", {"username": "new", "display_name": "新人", "post": "clerk"})
    assert (refused.status_code, User.objects.filter(username="new").count()) == (400, 0)
    assert "经办人和负责人须有所在单位。" in told(refused)


def test_a_reset_ends_tokens_and_sessions(client, admin, person, bureau, password):
    from django.test import Client

    li = person("li", bureau)
    AuthToken.objects.create(user=li)
    theirs = Client()
    theirs.force_login(li)
    answer = client.post(f"/system/people/{li.pk}/password/")
    li.refresh_from_db()
    assert (li.check_password(password), li.must_change_password, AuthToken.objects.count()) == (False, True, 0)
    assert 'class="secret"' in told(answer)
    assert theirs.get("/profile/")["Location"].startswith("/login/")


def test_a_closed_account_is_out_at_once_and_comes_back(client, admin, person, bureau):
    from django.test import Client

    li = person("li", bureau)
    theirs = Client()
    theirs.force_login(li)
    client.post(f"/system/people/{li.pk}/active/", {"active": "no", "reason": "调离"})
    assert theirs.get("/profile/")["Location"].startswith("/login/")
    client.post(f"/system/people/{li.pk}/active/", {"active": "yes"})
    li.refresh_from_db()
    assert li.is_active
    assert actions() == ["account_closed", "account_reopened"]


def test_nobody_mends_their_own_account(client, admin):
    assert client.post(f"/system/people/{admin.pk}/password/").status_code == 403
    assert client.post(f"/system/people/{admin.pk}/active/", {"active": "no", "reason": "x"}).status_code == 403
    client.post(f"/system/people/{admin.pk}/", {"display_name": "新名", "post": "audit_admin"})
    admin.refresh_from_db()
    assert (admin.display_name, admin.post) == ("新名", "system_admin")


def test_offices_are_given_and_taken(client, admin, city, bureau, other_city):
    stranger = Organization.objects.create(jurisdiction=other_city, name="外地局")
    given = {"jurisdiction": city.pk, "role": "finance"}
    assert client.post("/system/offices/", given | {"organization": stranger.pk}).status_code == 400
    assert client.post("/system/offices/", given | {"organization": bureau.pk}).status_code == 302
    office = Office.objects.get()
    client.post(f"/system/offices/{office.pk}/active/", {"active": "no"})
    client.post(f"/system/offices/{office.pk}/active/", {"active": "no"})
    office.refresh_from_db()
    assert (office.active, actions()) == (False, ["office_given", "office_taken"])
    assert "空缺" in told(client.get("/system/offices/"))


def test_lists_are_filtered(client, admin, city, bureau, person):
    Organization.objects.create(jurisdiction=city, name="已撤局", active=False)
    person("li", bureau, display_name="李四")
    assert "已撤局" not in told(client.get("/system/units/?active=yes"))
    assert bureau.name not in told(client.get("/system/units/?q=已撤"))
    assert "李四" in told(client.get("/system/people/?q=教育"))
    assert "李四" not in told(client.get("/system/people/?post=head"))
    assert client.get("/system/people/?page=nonsense&post=nonsense").status_code == 200


@pytest.mark.parametrize("path", ["/system/units/", "/system/people/", "/system/offices/"])
def test_the_queries_do_not_grow_with_the_rows(client, admin, city, person, path):
    def grown(count: int) -> int:
        for number in range(Organization.objects.count(), count):
            unit = Organization.objects.create(jurisdiction=city, name=f"单位{number}")
            Office.objects.create(jurisdiction=city, role="centre", organization=unit)
            person(f"p{number}", unit)
        client.get(path)  # a session notes its first page
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        return len(captured)

    assert grown(2) == grown(20)


def test_offices_are_those_the_instrument_knows_by_their_own_names(client, admin, city):
    Jurisdiction.objects.create(code="huoqiu", name="霍邱县", pack="huoqiu-2021")
    Jurisdiction.objects.create(code="taicang", name="太仓市", pack="taicang-2021")
    assert "本地：县数管局" in told(client.get("/system/offices/"))
    vacant = told(client.get("/system/"))
    assert "霍邱县：发改局" in vacant and "太仓市：财政局" in vacant and "太仓市：发改局" not in vacant


def test_units_of_one_name_are_told_apart_by_their_place(client, admin, city, bureau):
    assert f"{bureau.jurisdiction.name} · {bureau.name}" in told(client.get("/system/people/new/"))
