"""Here: places side by side for an office above them. Not here: who may look (tests/projects/test_above)."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from deadlines.models import Deadline
from organizations import clock
from organizations.models import Jurisdiction, User
from projects.waivers import decide_waiver, request_waiver
from reports.places import median, side_by_side
from tests.conftest import TODAY, build_city
from tests.projects.test_above import official


@pytest.fixture
def looker(city) -> User:
    """The governing office of 示范省, above our city and an empty one."""
    province = Jurisdiction.objects.create(code="province", name="示范省", pack="sichuan-provincial")
    Jurisdiction.objects.create(code="quiet", name="静市", pack="taicang-2021", parent=province)
    Jurisdiction.objects.filter(pk=city.jurisdiction.pk).update(parent=province)
    return official(province, "centre")


def test_every_figure_of_a_place_and_unknown_where_nothing_is_known(city, looker):
    filed, _ = city.project("filed", "300000.00", name="甲"), city.draft(name="草稿")
    waiver = request_waiver(filed.pk, "YQ-3.4-11", actor=city.applicant, reason="规模小", basis="测试文号")
    decide_waiver(waiver.pk, actor=city.users["centre"], grant=True)
    with clock.at(TODAY):
        endorsed = city.draft("500000.00", name="乙")
        city.walker().walk_to(endorsed, "filed")
    with clock.at(TODAY + timedelta(days=9)):
        city.walker().walk_to(endorsed, "endorsed")
    Deadline.objects.create(
        project=filed, code="probe", rule="YQ-3.1-6", label="试", who="centre", starts_on=TODAY, waits_from=TODAY, within=3,
        unit="working_days", due_on=TODAY + timedelta(days=3),
    )  # fmt: skip
    with clock.at(date(2027, 3, 2)):
        lines = {line.place.code: line for line in side_by_side(looker)}
    ours, quiet = lines["yueqing"], lines["quiet"]
    assert list(lines) == ["province", "quiet", "yueqing"]
    assert (ours.sums.projects, ours.phases["申报"], ours.sums.total("declared")) == (2, 2, Decimal("800000.00"))
    assert [(each.name, each.total) for each in ours.money if each.name != "declared"] == [
        ("approved", None), ("contracted", None), ("paid", Decimal("0.00")),
    ]  # fmt: skip
    assert (ours.days, ours.endorsed, ours.granted, ours.pending) == (9.0, 1, 1, 0)
    assert ours.late == 1
    assert (quiet.sums.projects, quiet.days, quiet.late, quiet.sums.total("declared")) == (0, None, 0, None)


def test_figures_lead_to_as_many_rows(city, looker, client):
    city.project("filed", name="甲")
    client.force_login(looker)
    page = client.get("/places/").content.decode()
    assert '<a href="/projects/?place=yueqing&amp;state=filed&amp;state=endorsed&amp;state=approved">1</a>' in page
    shown = client.get("/projects/?place=yueqing&state=filed&state=endorsed&state=approved").content.decode()
    assert shown.count('data-label="辖区">乐清市') == 1
    assert "未知" in page
    assert "甲" in client.get("/budget/rows/?place=yueqing&figure=declared").content.decode()
    assert client.get("/places/yueqing/").status_code == 200
    book = load_workbook(BytesIO(b"".join(client.get("/places/?format=xlsx"))))
    names = [row[0] for row in book["辖区对比"].iter_rows(values_only=True)]
    assert [name for name in names if name in ("乐清市", "静市", "示范省")] == ["示范省", "静市", "乐清市"]


def test_as_many_queries_for_more_places(city, looker):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            side_by_side(User.objects.get(pk=looker.pk))
        return len(queries)

    before = asked()
    for code in ("one", "two", "three"):
        more = build_city(code)
        Jurisdiction.objects.filter(pk=more.jurisdiction.pk).update(parent=looker.organization.jurisdiction)
        more.walker().walk_to(more.draft(name=code), "filed")
    assert asked() == before


def test_others_have_no_such_page(city, looker, client):
    client.force_login(city.users["gov_office"])
    assert client.get("/places/").status_code == 404
    client.force_login(looker)
    assert client.get("/places/elsewhere/").status_code == 404


@pytest.mark.parametrize(
    ("lengths", "expected"), [([], None), ([4], 4), ([1, 9], 5), ([1, 1, 9], 1), ([0, 0, 3, 8], 1.5)]
)
def test_the_median(lengths, expected):
    assert median([(timedelta(days=each), 1) for each in lengths]) == expected
