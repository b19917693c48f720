"""时限表 and board over REST, each within what the reader may see."""

from datetime import date

import pytest
from rest_framework.test import APIClient

from deadlines.models import Deadline
from organizations import clock
from organizations.models import User
from tests.conftest import build_city


@pytest.fixture
def filed(db, clocks):
    """A project filed on Friday 2026-03-13, and its city."""
    with clock.at(date(2026, 3, 13)):
        city = build_city()
        return city.project("filed"), city


def get(user, url):
    client = APIClient()
    client.force_authenticate(user)
    return client.get(url)


def test_timetable_of_a_project(filed):
    project, city = filed
    with clock.at(date(2026, 3, 18)):
        rows = get(city.applicant, f"/api/v1/projects/{project.number}/deadlines/").json()
    five = next(row for row in rows if row["code"] == "five")
    expected = {"due_on": "2026-03-20", "used": 3, "remaining": 2, "stopped": 0, "status": "open", "clause": "三(一)"}
    assert {key: five[key] for key in expected} == expected
    assert five["office"] == "市电子政务中心"


def test_a_foreign_project_is_not_found(filed):
    project, city = filed
    assert get(city.users["other"], f"/api/v1/projects/{project.number}/deadlines/").status_code == 404


def test_board_is_scoped_and_filtered(filed):
    _, city = filed
    with clock.at(date(2026, 3, 21)):
        def codes(role, query=""):
            return [row["code"] for row in get(city.users[role], f"/api/v1/deadlines/{query}").json()["results"]]

        assert codes("centre") == codes("applicant") == ["five", "waiting"]
        assert codes("other") == []
        assert codes("finance", "?status=late") == ["five"]
        assert codes("finance", "?who=finance") == []


def test_board_pages_by_key_and_its_queries_do_not_grow(filed, django_assert_num_queries):
    rows = Deadline.objects.filter(code="waiting").values().get()
    Deadline.objects.bulk_create([Deadline(**rows | {"id": None, "code": f"w{at}"}) for at in range(60)])
    centre = User.objects.get(username="centre")
    with django_assert_num_queries(2):
        first = get(centre, "/api/v1/deadlines/").json()
    second = get(centre, first["next"]).json()
    seen = [row["id"] for row in [*first["results"], *second["results"]]]
    assert (len(first["results"]), len(seen), len(set(seen)), second["next"]) == (50, 62, 62, None)
