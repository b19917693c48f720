"""Here: who is offered which pages. Not here: who may open them (tests/test_matrix.py)."""

import re

import pytest

from organizations.models import User
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
    assert labels(client, city.users["centre"])[:2] == ["待办 1", "项目"]
    assert labels(client, city.users["other"])[:2] == ["待办", "项目"]


def test_an_office_page_is_offered_to_that_office():
    city = build_city()
    shown = officers("finance", "audit")
    assert [name for name, user in city.users.items() if shown(user)] == ["finance", "audit"]
    assert [name for name, user in city.users.items() if officers()(user)] == list(city.offices)
    assert everybody(User())


def test_a_page_is_entered_once():
    with pytest.raises(ValueError, match="entered twice"):
        enter("desk:home", "待办", order=1)
