"""Here: the annual plan, the supervision list and the results as their readers see them."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from budget.envelope import set_envelope
from projects.waivers import request_waiver

pytestmark = pytest.mark.django_db


def get(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(name, args=args), query)


def test_the_annual_plan_shows_what_is_arranged_and_what_is_left(city, client):
    project = city.project("budgeted", "480000.00")
    set_envelope(actor=city.users["finance"], jurisdiction=city.jurisdiction, year=2027, amount=Decimal("5000000.00"))
    page = get(client, city.users["finance"], "reports:plan_year", 2027).content.decode()
    assert project.number in page
    assert "480,000.00" in page
    assert "4,520,000.00" in page


def test_the_annual_plan_is_the_same_in_excel(city, client):
    project = city.project("budgeted", "480000.00")
    answer = get(client, city.users["gov_office"], "exchange:export", "annual-plan", year=2027)
    sheet = load_workbook(BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[1], row[7]) for row in rows] == [(1, project.number, 480000), ("合计", None, "=SUM(H2:H2)")]


def test_a_unit_without_an_office_does_not_see_the_plan(city, client):
    assert get(client, city.applicant, "reports:plan_year", 2027).status_code == 404


@pytest.mark.parametrize("typed", ["1百万", "", "1.005", "-1"])
def test_an_unreadable_envelope_is_refused_and_kept_on_the_page(city, client, typed):
    client.force_login(city.users["finance"])
    answer = client.post(reverse("reports:plan_year", args=[2027]), {"amount": typed})
    assert answer.status_code == 400
    assert f'value="{typed}"' in answer.content.decode()


def test_only_finance_sets_the_envelope(city, client):
    client.force_login(city.users["centre"])
    assert client.post(reverse("reports:plan_year", args=[2027]), {"amount": "1"}).status_code == 403


def test_the_supervision_list_shows_exceptions_to_those_who_see_the_project(city, client):
    project = city.project("scheme_filed", "2000000.00")
    request_waiver(project.pk, "YQ-3.4-11", actor=city.applicant, reason="沿用已论证方案", basis="论证意见")
    assert "沿用已论证方案" in get(client, city.users["gov_office"], "reports:supervision").content.decode()
    assert "沿用已论证方案" not in get(client, city.users["other"], "reports:supervision").content.decode()
