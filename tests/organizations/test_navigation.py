"""Here: who is offered which pages. Not here: who may open them (tests/test_matrix.py)."""

import re

import pytest

from organizations.models import Post, User
from organizations.navigation import enter, everybody, officers
from tests.conftest import build_city

pytestmark = pytest.mark.django_db


def labels(client, user, path="/projects/") -> list[str]:
    """The links of the main navigation."""
    client.force_login(user)
    nav = client.get(path).content.decode().partition('aria-label="主导航"')[2].partition("</nav>")[0]
    return [re.sub(r"<[^>]+>", "", link).strip() for link in re.findall(r"<a [^>]*>(.*?)</a>", nav)]


def test_everybody_finds_the_inbox_with_what_waits(client):
    city = build_city()
    city.project()
    assert labels(client, city.users["centre"])[0] == "待办 1"
    assert labels(client, city.users["other"])[:2] == ["待办", "项目"]


@pytest.mark.parametrize(
    ("post", "own", "page"),
    [
        (Post.SYSTEM_ADMIN, ["系统管理", "看板对账"], "/system/"),
        (Post.SECURITY_ADMIN, ["安全管理"], "/security/"),
        (Post.AUDIT_ADMIN, ["审计"], "/audit/"),
    ],
)
def test_an_administrator_is_offered_the_own_pages_and_begins_there(client, post, own, page):
    administrator = User.objects.create_user("admin", password="x", post=post)
    assert labels(client, administrator, page) == [*own, "义务查询"]
    assert client.get("/")["Location"] == page


def test_an_office_page_is_offered_to_that_office():
    city = build_city()
    shown = officers("finance", "audit")
    assert [name for name, user in city.users.items() if shown(user)] == ["finance", "audit"]
    assert [name for name, user in city.users.items() if officers()(user)] == list(city.offices)
    assert everybody(User())


def test_a_page_is_entered_once():
    with pytest.raises(ValueError, match="entered twice"):
        enter("desk:home", "待办", order=1)
