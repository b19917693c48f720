"""Here: which lists people can take out, under which filters, and that every total in them is right."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from exchange import exports
from exchange.exports import offered
from jobs import running
from jobs.models import Job
from organizations.models import AuditEvent
from projects.evidence import EVIDENCE, record, void
from projects.models import Project
from tests.papers.recalculated import recounted

pytestmark = pytest.mark.django_db


def fetched(client, user, name: str, **asked) -> bytes:
    client.force_login(user)
    answer = client.get(f"/exports/{name}/", asked)
    assert (answer.status_code, answer["Content-Disposition"][:10]) == (200, "attachment")
    return answer.content


def rows(content: bytes, sheet: str | int = 0) -> list[tuple]:
    book = load_workbook(BytesIO(content))
    page = book[sheet] if isinstance(sheet, str) else book.worksheets[sheet]
    return list(page.iter_rows(min_row=2, values_only=True))


@pytest.mark.parametrize(
    "who, names",
    [
        ("applicant", {"projects", "waivers", "results", "payments", "inbox", "deadlines",
                       "deadline-statistics"}),
        ("centre", {"projects", "budget-execution", "annual-plan", "waivers", "results", "payments", "inbox", "deadlines",
                    "deadline-statistics", "review-queue"}),
        ("planning", {"projects", "annual-plan", "waivers", "results", "payments", "inbox", "deadlines",
                       "deadline-statistics"}),
    ],
)  # fmt: skip
def test_each_is_offered_what_is_theirs(city, client, who, names):
    user = city.users[who]
    assert names <= {each.name for each in offered(user)}
    client.force_login(user)
    page = client.get("/exchange/").content.decode()
    assert all(f"/exports/{name}/" in page for name in names)
    assert client.get("/exports/nothing/").status_code == 404
    expected = {name: 200 if name in names else 404 for name in ("budget-execution", "review-queue", "annual-plan")}
    assert {name: client.get(f"/exports/{name}/").status_code for name in expected} == expected


def test_every_workbook_adds_up(city, client):
    paid, _, _ = city.project("scheme_approved", "1560000.00"), city.project("filed", "480000.00"), city.draft()
    finance = city.users["finance"]
    gone, stands = (
        record(
            paid.pk, "payment", EVIDENCE["payment"].example(paid) | {"kind": "设计费", "amount": amount}, actor=finance
        )[0]
        for amount in ("10000.50", "2000.25")
    )
    void(paid.pk, "payment", gone.pk, actor=finance, reason="登记有误")
    for each in offered(city.users["centre"]):
        lines = recounted(fetched(client, city.users["centre"], each.name))
        assert lines, each.name
        assert {line["differences"] for line in lines} == {(0, 0)}, each.name
    lines = recounted(fetched(client, city.users["centre"], "projects"))
    total = {line["column"]: line["counted"] for line in lines}["投资额(元)"]
    over_rest = client.get("/api/v1/projects/").json()["results"]
    assert total == sum(Decimal(row["investment"]) for row in over_rest) == Decimal("2040000.00")
    found = fetched(client, finance, "payments", project=paid.number)
    assert [(row[6], row[15], row[16], row[17]) for row in rows(found)[:-1]] == [
        (None, "已作废", 10000.5, "登记有误"), (2000.25, "有效", None, None),
    ]  # fmt: skip
    assert [line["known"] for line in recounted(found)] == [stands.amount, gone.amount]


def test_the_register_holds_what_its_reader_sees_under_the_filters_of_the_list(city, client):
    first, second, draft = city.project("filed", "700000.00", name="=甲平台"), city.project("filed", "1"), city.draft()
    assert [row[1] for row in rows(fetched(client, city.users["centre"], "projects"))[:-1]] == [
        second.number,
        first.number,
    ]
    assert len(rows(fetched(client, city.users["audit"], "projects"))) == 4  # the draft and the total, too
    found = rows(fetched(client, city.users["audit"], "projects", state="filed", investment_min="2", page="9"))
    assert [(row[1], row[2], row[12], row[15], row[16]) for row in found[:-1]] == [
        (first.number, "=甲平台", 700000, "未知", "未知")
    ]
    assert client.get("/exports/projects/", {"investment_min": "两百万"}).status_code == 400
    assert rows(fetched(client, city.users["other"], "projects")) == []
    assert draft.number in [row[1] for row in rows(fetched(client, city.applicant, "projects"))]


def test_who_took_what_is_on_record(city, client):
    city.project("filed")
    fetched(client, city.users["audit"], "projects", state="filed")
    event = AuditEvent.objects.filter(action="export").get()
    assert (event.actor, event.target, event.detail) == (
        city.users["audit"], "项目台账", {"rows": 1, "asked": "state=filed"}
    )  # fmt: skip


def test_a_large_list_is_made_in_the_background(city, client, monkeypatch):
    monkeypatch.setattr("exchange.views.LARGE", 0)
    filed = city.project("filed")
    client.force_login(city.users["audit"])
    page = client.get("/exports/projects/", {"state": "filed"}).content.decode()
    assert "共 <b" in page and 'action="?state=filed"' in page
    answer = client.post("/exports/projects/?state=filed")
    job = Job.objects.get(kind=exports.WORK)
    assert (answer.status_code, answer.url, job.arguments) == (
        302, f"/jobs/{job.pk}/", {"of": "projects", "asked": "state=filed"}
    )  # fmt: skip
    assert running.run(str(job.pk))
    result = client.get(f"/jobs/{job.pk}/result/")
    assert [row[1] for row in rows(b"".join(result.streaming_content))] == [filed.number, None]
    client.force_login(city.applicant)
    assert client.get(f"/jobs/{job.pk}/result/").status_code == 404


def test_the_queries_do_not_grow_with_the_rows(city, client):
    counts = []
    for more in (2, 6):
        for number in range(more):
            Project.objects.create(
                jurisdiction=city.jurisdiction, department=city.applicant.organization, created_by=city.applicant,
                created_at="2026-03-02T00:00:00Z", number=f"T-{more}-{number}", pack_code="yueqing-2015", name="平台",
                kind="新建", origin="年度申报",
            )  # fmt: skip
        fetched(client, city.users["audit"], "projects")
        with CaptureQueriesContext(connection) as seen:
            fetched(client, city.users["audit"], "projects")
        counts.append(len(seen))
    assert counts[0] == counts[1]
