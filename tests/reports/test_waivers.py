"""Here: the register of exceptions: order, filters, deciding from it, Excel, cost. Not here: deciding itself (projects)."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from projects.models import Waiver
from projects.waivers import decide_waiver, request_waiver

RULE = "YQ-3.4-11"
REGISTER = "/waivers/"


def ask(project, actor, reason="规模小") -> Waiver:
    return request_waiver(project.pk, RULE, actor=actor, reason=reason, basis="测试文号")


@pytest.fixture
def three(city):
    """Granted, denied and pending, of two projects of one unit."""
    first, second = city.project("filed", name="甲平台"), city.project("filed", name="乙平台")
    granted, denied = ask(first, city.applicant, "理由甲"), ask(first, city.applicant, "理由乙")
    decide_waiver(granted.pk, actor=city.users["centre"], grant=True, note="同意例外")
    decide_waiver(denied.pk, actor=city.users["centre"], grant=False, note="不同意例外")
    return granted, denied, ask(second, city.applicant, "理由丙")


def shown(client, user, **query) -> list[str]:
    """The reasons in the order of the page."""
    client.force_login(user)
    body = client.get(REGISTER, query).content.decode()
    return sorted((reason for reason in ("理由甲", "理由乙", "理由丙") if reason in body), key=body.index)


def test_what_waits_comes_first_then_the_newest(client, city, three):
    assert shown(client, city.users["audit"]) == ["理由丙", "理由乙", "理由甲"]


@pytest.mark.parametrize(
    "query, found",
    [
        ({"decision": "待批"}, ["理由丙"]),
        ({"decision": "同意"}, ["理由甲"]),
        ({"decision": "不同意"}, ["理由乙"]),
        ({"year": "2026", "rule": RULE}, ["理由丙", "理由乙", "理由甲"]),
    ],
)
def test_the_register_is_filtered(client, city, three, query, found):
    assert shown(client, city.users["audit"], **query) == found


def test_a_filter_that_cannot_be_read_is_told(client, city, three):
    client.force_login(city.users["audit"])
    for query in ({"decision": "x"}, {"year": "1999"}, {"unit": "abc"}, {"rule": "\x00"}):
        answer = client.get(REGISTER, query)
        assert (answer.status_code, 'class="err"' in answer.content.decode()) == (400, True), query


def test_a_unit_sees_its_own_and_no_others(client, city, three):
    assert shown(client, city.applicant) == ["理由丙", "理由乙", "理由甲"]
    assert shown(client, city.users["other"]) == []
    client.force_login(city.users["other"])
    assert city.unit.name not in client.get(REGISTER).content.decode(), "not even as a filter"


def test_only_the_office_that_may_decides_from_the_register(client, city, three):
    decide = reverse("projects:decide", args=[three[2].pk])
    for name, may in (("centre", True), ("finance", False), ("audit", False), ("applicant", False)):
        client.force_login(city.users[name])
        assert (decide in client.get(REGISTER).content.decode()) is may, name
    client.force_login(city.users["centre"])
    answer = client.post(decide, {"grant": "1", "note": "同意", "next": f"{REGISTER}?decision=待批"})
    assert answer.headers["Location"].startswith(REGISTER)
    three[2].refresh_from_db()
    assert three[2].decision == "同意"


def test_the_way_back_never_leaves_the_house(client, city, three):
    client.force_login(city.users["centre"])
    answer = client.post(reverse("projects:decide", args=[three[2].pk]), {"grant": "0", "next": "https://example.org/"})
    assert answer.headers["Location"] == reverse("projects:waivers", args=[three[2].project.number])


def test_the_register_in_excel_is_the_filtered_one(client, city, three):
    client.force_login(city.users["audit"])
    answer = client.get("/exports/waivers/", {"decision": "同意", "page": "2"})
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(min_row=2, values_only=True))
    assert [(row[2], row[7], row[11], row[12], row[13], row[15]) for row in rows[:-1]] == [
        (three[0].project.number, "理由甲", "同意", "市电子政务中心经办", "市电子政务中心", "同意例外")
    ]


def test_the_register_costs_the_same_for_any_number(client, city):
    project = city.project("filed")
    client.force_login(city.users["centre"])
    asked = []
    for more in (2, 18):
        for _ in range(more):
            ask(project, city.applicant)
        client.get(REGISTER)
        with CaptureQueriesContext(connection) as found:
            assert client.get(REGISTER).status_code == 200
        asked.append(len(found))
    assert asked[0] == asked[1]
