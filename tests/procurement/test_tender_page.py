"""Here: the page that sets a tender document beside the approved items. Not here: what each difference is (test_comparison)."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from procurement import tenders
from procurement.models import TenderDocument, TenderReview
from tests.procurement.conftest import PRINTER, SERVER, SOFTWARE

STRANGE = {"name": "投影机", "specification": "激光", "unit": "台", "quantity": "1"}


@pytest.fixture
def sent(accepted):
    """Two versions: the first lacks the printer and asks for five servers by the set, the second for four."""
    accepted.put("tender_document", items=[SERVER | {"quantity": "5", "unit": "套"}, SOFTWARE, STRANGE])
    accepted.put("tender_document", items=[SERVER, SOFTWARE, PRINTER], remark="按核准内容改正")
    return accepted


def page(client, sent, name="centre", data=None, **query):
    client.force_login(sent.city.users[name])
    path = reverse("procurement:tender", args=[sent.project.number])
    return client.post(path, data) if data is not None else client.get(path, query)


def document(code: str) -> TenderDocument:
    return TenderDocument.objects.get(code=code)


def test_every_line_has_both_sides_and_its_amounts(sent):
    found = {line.row.name: line for line in tenders.lines(document("CG1-V1"))}
    assert {name: line.differences for name, line in found.items()} == {
        "服务器": ["数量不同", "单位不同"],
        "应用软件开发": [],
        "标签打印机": ["缺少"],
        "投影机": ["未列入"],
    }
    assert (found["服务器"].approved, found["投影机"].approved) == (Decimal("200000.00"), None)
    assert found["服务器"].budget == Decimal("200000.00")
    assert [line.differences for line in tenders.lines(document("CG1-V2"))] == [[], [], []]


def test_current_documents_add_up(sent):
    assert [(each.item.name, each.tendered, each.left, each.exceeds) for each in tenders.sums(sent.project)] == [
        ("服务器", Decimal("4.00"), Decimal("0.00"), False),
        ("应用软件开发", Decimal("1.00"), Decimal("0.00"), False),
        ("标签打印机", Decimal("1.00"), Decimal("0.00"), False),
    ], "of an application's versions only the newest counts"


def test_versions_of_one_application_are_compared(sent):
    second = document("CG1-V2")
    before = tenders.former(second)
    assert (before.code, tenders.former(before)) == ("CG1-V1", None)
    found = tenders.changes(before.items.all(), second.items.all())
    assert sorted(row.name for row in found) == ["投影机", "服务器", "标签打印机"]


def test_the_page_shows_differences_clock_and_former_version(client, sent):
    body = page(client, sent, document="CG1-V1").content.decode()
    assert "3 处差异" in body
    assert "审查</h2>" not in body, "a replaced version is not reviewed any more"
    newest = page(client, sent).content.decode()
    assert "与上一版(CG1-V1)相比" in newest
    assert "应于 2026-03-09 前办结" in newest
    assert "还剩 5 个工作日" in newest
    assert "本版修改:按核准内容改正" in newest


def test_a_document_of_another_project_is_not_found(client, sent):
    assert page(client, sent, document="CG9-V9").status_code == 404
    assert page(client, sent, data={"document": "CG9-V9"}).status_code == 404


def test_the_centre_reviews_on_the_page(client, sent):
    data = dict.fromkeys(TenderReview.ITEMS, "合适") | {f"{name}_remark": "符合" for name in TenderReview.ITEMS}
    terms = {"payment_terms-0-milestone": "验收", "payment_terms-0-percentage": "100"}
    refused = page(client, sent, data={"document": "CG1-V2", **data, **terms, "conclusion": ""})
    assert (refused.status_code, TenderReview.objects.count()) == (400, 0)
    assert 'value="100"' in refused.content.decode()
    passed = page(client, sent, data={"document": "CG1-V2", **data, **terms, "conclusion": "通过"})
    assert passed.status_code == 302
    assert TenderReview.objects.get().conclusion == "通过"
    assert "审查结论:通过" in page(client, sent).content.decode()


def test_nobody_else_gets_the_form(client, sent):
    assert "登记审查" in page(client, sent).content.decode()
    for name in ("finance", "tender", "applicant"):
        assert "登记审查" not in page(client, sent, name).content.decode(), name
        assert page(client, sent, name, data={"document": "CG1-V2", "conclusion": "通过"}).status_code == 403


def test_the_project_page_leads_to_the_comparison(client, sent):
    client.force_login(sent.city.users["audit"])
    body = client.get(reverse("projects:project", args=[sent.project.number])).content.decode()
    assert reverse("procurement:tender", args=[sent.project.number]) in body


def test_without_a_document_the_page_says_what_comes(client, purchase):
    assert "还没有送审的招标文件" in page(client, purchase).content.decode()


def test_the_page_costs_the_same_for_any_number_of_lines(client, accepted):
    asked = []
    for number in (2, 20):
        accepted.put("tender_document", items=[STRANGE | {"name": f"设备{each}"} for each in range(number)])
        page(client, accepted)
        with CaptureQueriesContext(connection) as found:
            page(client, accepted)
        asked.append(len(found))
    versions = asked[1] - asked[0]
    assert versions <= 3, "a second version brings its comparison, and no more"
