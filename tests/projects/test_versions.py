"""Here: what is kept at every submission and what differs between two, on the page too. Not here: who may open it (matrix)."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from egov_projects.walk import sample_file
from projects.errors import Refused
from projects.materials import attach
from projects.models import FilingVersion, Project
from projects.models.passage import AppendOnlyError
from projects.transitions import perform
from projects.versions import changed_parts, content_of, difference

LINES = [
    {
        "name": "应用软件开发",
        "type": "软件开发",
        "unit": "人月",
        "quantity": "2",
        "unit_price": "125000.00",
        "amount": "250000.00",
    },
    {
        "name": "服务器",
        "type": "硬件设备",
        "unit": "台",
        "quantity": "1",
        "unit_price": "249999.99",
        "amount": "249999.99",
    },
]


@pytest.fixture
def twice(city) -> Project:
    """Filed, taken back, changed and filed again."""
    project = city.project("filed")
    perform(project.pk, "recall", actor=city.applicant)
    project.refresh_from_db()
    filing = {"objective": "网上办理率不低于 90%。", "declared_total": "499999.99", "estimate": LINES}
    city.walker().record(project, "filing", filing)
    attach(project.pk, "construction_plan", actor=city.applicant, upload=sample_file("新方案"))
    project = Project.objects.get(pk=project.pk)
    perform(project.pk, "file", actor=city.applicant)
    project.refresh_from_db()
    return project


def test_every_submission_is_kept_and_sealed(city, twice):
    first, second = twice.versions.all()
    assert [(each.number, each.passage, each.made_by) for each in (first, second)] == [
        (1, 1, city.applicant),
        (2, 3, city.applicant),
    ]
    assert [each.intact for each in (first, second)] == [True, True]
    first.content["fields"]["declared_total"] = "1.00"
    assert not first.intact
    first.refresh_from_db()
    assert first.content["fields"]["declared_total"] == "500000.00"
    assert second.content == content_of(twice)


def test_a_version_is_never_changed(twice):
    version = twice.versions.first()
    with pytest.raises(AppendOnlyError):
        version.save()
    with pytest.raises(AppendOnlyError):
        version.delete()
    for statement in ("UPDATE projects_filingversion SET number = 9", "DELETE FROM projects_filingversion"):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_refused_submission_keeps_nothing(city):
    project = city.draft()
    with pytest.raises(Refused):
        perform(project.pk, "file", actor=city.applicant)
    assert FilingVersion.objects.count() == 0


def test_what_differs_to_the_fen(twice):
    first, second = twice.versions.all()
    found = difference(first.content, second.content, twice.pack)
    assert [(each.part, each.before, each.after) for each in found.fields] == [
        ("objective", "业务全程网上办理,群众少跑腿。", "网上办理率不低于 90%。"),
        ("declared_total", "500,000.00", "499,999.99"),
    ]
    assert [(each.name, each.kind, each.by) for each in found.estimate] == [
        ("应用软件开发", "修改", Decimal("0.00")),
        ("服务器", "新增", Decimal("249999.99")),
        ("数据整理与迁移", "删除", Decimal("-250000.00")),
    ]
    changed = {cell.label: (cell.before, cell.after) for cell in found.estimate[0].cells if cell.differs}
    assert changed == {"数量": ("1.00", "2.00"), "单价(元)": ("250,000.00", "125,000.00")}
    assert "规格" not in [cell.label for cell in found.estimate[0].cells], (
        "a column in which nothing stands is left out"
    )
    assert (found.before, found.after, found.by) == (Decimal("500000.00"), Decimal("499999.99"), Decimal("-0.01"))
    assert [(each.label, each.kind) for each in found.materials] == [("建设方案", "修改")]
    assert found.parts == {"objective", "declared_total", "estimate", "material:construction_plan"}


def test_the_same_content_has_no_difference(twice):
    content = twice.versions.last().content
    assert difference(content, content, twice.pack).same


def test_lines_of_one_name_belong_together_in_their_order(twice):
    line = twice.versions.first().content["estimate"][0]
    before = twice.versions.first().content | {"estimate": [line, line]}
    after = before | {"estimate": [line, line | {"amount": "1.00"}, line]}
    found = difference(before, after, twice.pack).estimate
    assert [(each.kind, each.before, each.after) for each in found] == [("新增", None, Decimal("1.00"))]


def test_parts_changed_since_a_submission(twice):
    assert "objective" in changed_parts(twice, 1)
    assert changed_parts(twice, 3) == set()
    assert changed_parts(twice, 2) is None, "nothing was submitted then"


def test_the_page_compares_and_lists_documents(client, city, twice):
    client.force_login(city.applicant)
    body = client.get(reverse("projects:versions", args=[twice.number])).content.decode()
    assert "<ins>网上办理率不低于 90%。</ins>" in body
    assert "减少 0.01 元" in body
    assert twice.versions.last().sha256 in body
    assert "新方案.pdf" in body
    same = client.get(reverse("projects:versions", args=[twice.number]), {"from": "2", "to": "2"}).content.decode()
    assert "两个版本内容相同。" in same
    odd = client.get(reverse("projects:versions", args=[twice.number]), {"from": "x", "to": "\x00"})
    assert odd.status_code == 200


def test_the_draft_is_compared_with_what_was_submitted(client, city, twice):
    perform(twice.pk, "recall", actor=city.applicant)
    client.force_login(city.applicant)
    body = client.get(reverse("projects:versions", args=[twice.number])).content.decode()
    assert "修改中的草稿" in body


def test_the_page_costs_the_same_for_any_number_of_documents(client, city, twice):
    perform(twice.pk, "recall", actor=city.applicant)
    client.force_login(city.applicant)
    asked = []
    for more in (2, 18):
        for _ in range(more):
            attach(twice.pk, "construction_plan", actor=city.applicant, upload=sample_file("方案"))
        client.get(reverse("projects:versions", args=[twice.number]))
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("projects:versions", args=[twice.number])).status_code == 200
        asked.append(len(found))
    assert asked[0] == asked[1]
