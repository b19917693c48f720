"""Here: reading the signed-in person. Not here: sign-in (test_login)."""

import pytest

from organizations.backends import PeopleBackend
from organizations.models import Office
from organizations.roles import held, office_roles
from tests.conftest import build_city

pytestmark = pytest.mark.django_db


def test_person_and_offices_in_one_query(django_assert_num_queries):
    city = build_city()
    Office.objects.create(jurisdiction=city.jurisdiction, role="finance", organization=city.offices["centre"])
    Office.objects.create(
        jurisdiction=city.jurisdiction, role="tender", organization=city.offices["centre"], active=False
    )
    with django_assert_num_queries(1):
        user = PeopleBackend().get_user(city.users["centre"].pk)
        assert user == city.users["centre"]
        assert office_roles(user, city.jurisdiction.pk) == {"centre", "finance"}


def test_a_request_reads_session_person_with_offices_and_list_and_no_more(client, django_assert_num_queries):
    client.force_login(build_city().users["centre"])
    client.get("/api/v1/projects/")
    with django_assert_num_queries(3):
        client.get("/api/v1/projects/")


def test_a_unit_without_office_holds_none():
    city = build_city()
    assert held(PeopleBackend().get_user(city.applicant.pk)) == frozenset()


def test_a_unit_out_of_use_holds_none():
    city = build_city()
    city.offices["centre"].active = False
    city.offices["centre"].save()
    assert held(PeopleBackend().get_user(city.users["centre"].pk)) == frozenset()


def test_nobody_is_read_who_left():
    city = build_city()
    city.applicant.is_active = False
    city.applicant.save()
    assert PeopleBackend().get_user(city.applicant.pk) is None
    assert PeopleBackend().get_user(0) is None
