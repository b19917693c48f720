"""Here: what was typed when a session ended comes back. Not here: ending it (test_middleware.py), the browser's part."""

from urllib.parse import unquote

import pytest
import time_machine
from django.contrib.auth import SESSION_KEY

from egov_projects.keeping import KEPT
from organizations.models import User

NOON = "2026-03-02 12:00:00+08:00"


@pytest.fixture
def moment():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def visitor(client, city, moment):
    client.force_login(city.users["applicant"])
    client.get("/healthz")
    return client


def sign_in(client, name="applicant"):
    answer = client.post("/login/", {"username": name, "password": "x", "next": client.kept_at})
    assert (answer.status_code, answer["Location"]) == (302, client.kept_at)


def typed_into(client, path, data, moment, **headers):
    """A form that is sent an hour too late."""
    moment.shift(3600)
    answer = client.post(path, data, headers=headers)
    client.kept_at = headers.get("referer", path).removeprefix("http://testserver")
    return answer


def test_a_late_form_leads_to_the_sign_in_page_and_comes_back(visitor, city, moment):
    page = "/projects/new/"
    answer = typed_into(visitor, page, {"name": "写了半天", "seen": "1", "password": "geheim"}, moment)
    assert (answer.status_code, unquote(answer["Location"])) == (302, f"/login/?next={page}")
    assert SESSION_KEY not in visitor.session
    assert visitor.session[KEPT]["fields"] == {"name": ["写了半天"], "seen": ["1"]}
    sign_in(visitor)
    assert "写了半天" not in visitor.get("/projects/").content.decode()
    back = visitor.get(page).content.decode()
    assert "登录中断过" in back and back.count("写了半天") == 1
    assert "写了半天" not in visitor.get(page).content.decode()
    assert not city.unit.project_set.exists()


def test_a_form_without_a_page_of_its_own_returns_to_where_it_stood(visitor, city, moment):
    project = city.draft()
    stood = f"http://testserver/projects/{project.number}/"
    typed_into(visitor, f"/projects/{project.number}/comments/", {"text": "一段留言"}, moment, referer=stood)
    sign_in(visitor)
    assert "一段留言" in visitor.get(f"/projects/{project.number}/").content.decode()


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in(visitor, city, moment):
    project = city.draft()
    page = f"http://testserver/projects/{project.number}/"
    headers = {"hx-request": "true", "hx-current-url": page}
    answer = typed_into(visitor, f"/projects/{project.number}/urge/", {"text": "x"}, moment, **headers)
    assert answer["HX-Redirect"] == f"/login/?next=%2Fprojects%2F{project.number}%2F"


def test_a_server_that_forgot_the_session_keeps_the_text_too(visitor, city, moment):
    page = "/projects/new/"
    visitor.session.flush()
    visitor.post(page, {"name": "还在"})
    visitor.kept_at = page
    sign_in(visitor)
    assert "还在" in visitor.get(page).content.decode()


def test_somebody_else_does_not_get_it(visitor, city, moment):
    page = "/projects/new/"
    typed_into(visitor, page, {"name": "我的话"}, moment)
    sign_in(visitor, "sibling")
    assert "我的话" not in visitor.get(page).content.decode()
    assert KEPT not in visitor.session


@pytest.mark.parametrize("late, comes_back", [(29, True), (31, False)])
def test_it_is_kept_as_long_as_a_session_may_rest(visitor, city, moment, late, comes_back):
    page = "/projects/new/"
    typed_into(visitor, page, {"name": "还算数"}, moment)
    moment.shift(late * 60)
    sign_in(visitor)
    assert ("还算数" in visitor.get(page).content.decode()) == comes_back


@pytest.mark.parametrize("referer", ["http://elsewhere.example/x", "http://testserver/login/", "//evil", ""])
def test_nobody_is_led_elsewhere(visitor, city, moment, referer):
    page = "/projects/new/"
    answer = typed_into(visitor, page, {"name": "x"}, moment, referer=referer)
    assert "elsewhere" not in answer["Location"] and "evil" not in answer["Location"]
    assert visitor.session[KEPT]["page"] == page


def test_too_much_and_signing_in_itself_are_not_kept(visitor, city, moment):
    page = "/projects/new/"
    typed_into(visitor, page, {"name": "字" * 200_001}, moment)
    assert KEPT not in visitor.session
    visitor.post("/login/", {"username": "applicant", "password": "falsch"})
    assert KEPT not in visitor.session


def test_whoever_is_signed_in_notices_nothing(visitor, city):
    answer = visitor.post("/projects/new/", {"name": "", "kind": "新建", "origin": "年度申报"})
    assert answer.status_code == 400
    assert KEPT not in visitor.session
    assert User.objects.get(username="applicant").is_business
