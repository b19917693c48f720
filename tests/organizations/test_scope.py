"""Here: which units and people each kind of user sees. Not here: projects."""

import pytest
from django.contrib.auth.models import AnonymousUser

from organizations.models import Organization, Post
from organizations.scope import visible_organizations, visible_users


@pytest.fixture
def abroad(other_city):
    return Organization.objects.create(jurisdiction=other_city, name="市教育局")


def names(queryset) -> set[str]:
    return set(queryset.values_list("username", flat=True))


def test_a_department_sees_itself(bureau, centre, abroad, person):
    clerk, _, _ = person("li", bureau), person("officer", centre), person("far", abroad)
    assert set(visible_organizations(clerk)) == {bureau}
    assert names(visible_users(clerk)) == {"li"}


def test_an_office_sees_its_jurisdiction(bureau, centre, abroad, person):
    officer, _, _ = person("officer", centre), person("li", bureau), person("far", abroad)
    assert set(visible_organizations(officer)) == {bureau, centre}
    assert names(visible_users(officer)) == {"officer", "li"}


def test_the_system_administrator_sees_all(bureau, centre, abroad, person):
    administrator, _ = person("root", centre, Post.SYSTEM_ADMIN), person("alone")
    assert set(visible_organizations(administrator)) == {bureau, centre, abroad}
    assert names(visible_users(administrator)) == {"root", "alone"}


def test_everybody_else_sees_nothing(bureau, centre, person):
    strangers = [
        AnonymousUser(),
        person("alone", is_superuser=True),
        person("gone", centre, is_active=False),
        person("gone-root", centre, Post.SYSTEM_ADMIN, is_active=False),
        person("security", centre, Post.SECURITY_ADMIN),
        person("audit", centre, Post.AUDIT_ADMIN),
    ]
    for user in strangers:
        assert list(visible_organizations(user)) == []
        assert list(visible_users(user)) == []
