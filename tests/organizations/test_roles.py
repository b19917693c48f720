"""Here: roles and posts held on a day. Not here: what they may do."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from organizations import clock
from organizations.models import Delegation, Office, Post, User
from organizations.roles import ROLE_LABELS, office_jurisdictions, office_roles, posts, principal_ids, roles_on

DAY = date(2026, 3, 10)


def test_an_office_gives_its_roles_in_its_jurisdiction_only(city, other_city, centre, bureau, person):
    Office.objects.create(jurisdiction=city, role="security", organization=centre)
    officer = person("officer", centre)
    assert office_roles(officer, city.pk) == {"centre", "security"}
    assert office_roles(officer, other_city.pk) == frozenset()
    assert office_jurisdictions(officer) == {city.pk}
    assert office_roles(person("li", bureau), city.pk) == frozenset()


def test_the_owner_is_applicant_and_an_office_may_own(city, centre, bureau, person):
    officer, clerk = person("officer", centre), person("li", bureau)
    assert roles_on(clerk, jurisdiction_id=city.pk, owner_id=bureau.pk) == {"applicant"}
    assert roles_on(clerk, jurisdiction_id=city.pk, owner_id=centre.pk) == frozenset()
    assert roles_on(officer, jurisdiction_id=city.pk, owner_id=bureau.pk) == {"centre"}
    assert roles_on(officer, jurisdiction_id=city.pk, owner_id=centre.pk) == {"centre", "applicant"}


@pytest.mark.parametrize("post", [Post.SYSTEM_ADMIN, Post.SECURITY_ADMIN, Post.AUDIT_ADMIN])
def test_an_administrator_has_no_roles(city, centre, person, post):
    user = person("admin", centre, post, is_superuser=True)
    assert roles_on(user, jurisdiction_id=city.pk, owner_id=centre.pk) == frozenset()
    assert (posts(user), principal_ids(user)) == (frozenset(), frozenset())


def test_nobody_inactive_anonymous_or_without_unit_has_roles(city, centre, person):
    for user in (person("gone", centre, is_active=False), person("alone"), AnonymousUser()):
        assert roles_on(user, jurisdiction_id=city.pk, owner_id=centre.pk) == frozenset()
        assert (posts(user), office_jurisdictions(user)) == (frozenset(), frozenset())


def test_a_closed_office_gives_nothing_but_the_unit_still_files(city, centre, person):
    centre.offices.update(active=False)
    user = person("officer", centre)
    assert roles_on(user, jurisdiction_id=city.pk, owner_id=centre.pk) == {"applicant"}


def test_a_dissolved_unit_gives_nothing(city, centre, person):
    centre.active = False
    centre.save()
    user = person("officer", centre)
    assert roles_on(user, jurisdiction_id=city.pk, owner_id=centre.pk) == frozenset()


def test_one_query_for_all_jurisdictions_and_asked_once(city, other_city, centre, person, django_assert_num_queries):
    user = User.objects.get(pk=person("officer", centre).pk)
    with django_assert_num_queries(1):
        office_roles(user, city.pk)
        roles_on(user, jurisdiction_id=other_city.pk, owner_id=centre.pk)


def test_a_refreshed_user_asks_again(city, centre, person):
    user = person("officer", centre)
    assert office_roles(user, city.pk) == {"centre"}
    Office.objects.create(jurisdiction=city, role="audit", organization=centre)
    user.refresh_from_db()
    assert office_roles(user, city.pk) == {"centre", "audit"}


@pytest.mark.parametrize(
    ("offset", "held"),
    [(-1, {"clerk"}), (0, {"clerk", "head"}), (2, {"clerk", "head"}), (3, {"clerk"})],
    ids=["the day before", "first day", "last day", "the day after"],
)
def test_a_delegation_conveys_the_post_from_first_to_last_day(city, centre, person, delegate_to, offset, held):
    head, clerk = person("head", centre, Post.HEAD), person("clerk", centre)
    delegate_to(head, clerk, DAY, DAY + timedelta(days=2))
    with clock.at(DAY + timedelta(days=offset)):
        assert posts(clerk) == held
        assert principal_ids(clerk) == ({head.pk} if "head" in held else set())
        assert office_roles(clerk, city.pk) == {"centre"}
        assert posts(head) == {"head"}


def test_a_delegation_across_units_conveys_nothing(city, centre, bureau, person, delegate_to):
    """The form refuses it; a row written past the form, or a principal who changed unit, must not leak roles."""
    head, clerk = person("head", centre, Post.HEAD), person("clerk", bureau)
    delegate_to(head, clerk)
    with clock.at(DAY):
        assert posts(clerk) == {"clerk"}
        assert principal_ids(clerk) == frozenset()
        assert office_roles(clerk, city.pk) == frozenset()


@pytest.mark.parametrize("who", ["head", "clerk"])
@pytest.mark.parametrize("change", [{"is_active": False}, {"post": Post.SYSTEM_ADMIN}, {"organization": None}])
def test_a_delegation_sleeps_while_either_may_not_act(centre, person, delegate_to, who, change):
    head, clerk = person("head", centre, Post.HEAD), person("clerk", centre)
    delegate_to(head, clerk)
    User.objects.filter(username=who).update(**change)
    with clock.at(DAY):
        assert Delegation.objects.active_on(DAY).count() == 0
        assert posts(clerk) == {"clerk"}


def test_every_role_has_a_chinese_label():
    assert ROLE_LABELS == {
        "centre": "电子政务中心",
        "gov_office": "市府办",
        "finance": "财政局",
        "planning": "发改局",
        "tender": "资管办",
        "audit": "审计局",
        "security": "保密、密码管理部门",
        "applicant": "建设单位",
    }
