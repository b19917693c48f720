"""Here: the pages of audit: who reads what of the log, filters, the file, verifying ledgers. Not here: writing events."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organizations import audit
from organizations.models import AuditEvent, Post, User
from projects import triggers
from projects.models import Project


@pytest.fixture
def auditor(db) -> User:
    return User.objects.create_user("auditor", password="x", post=Post.AUDIT_ADMIN, display_name="安全审计员")


def rows(client, query="") -> list[dict]:
    return client.get(f"/audit/{query}").context["rows"]


def test_the_office_reads_its_jurisdiction_in_full(client, city):
    project = city.project("filed")
    client.force_login(city.users["audit"])
    found = rows(client, f"?project={project.number}")
    assert found[0]["label"] == "办理“提交申报”"
    assert found[0]["target"] == "草稿 → 已申报"
    assert {row["project"] for row in found} == {project}


def test_the_neighbours_office_reads_nothing_of_it(client, city):
    from tests.conftest import build_city

    project = city.project("filed")
    client.force_login(build_city("elsewhere").users["audit"])
    assert rows(client, f"?project={project.number}") == []
    assert project.number not in client.get("/audit/").content.decode()


def test_the_administrator_reads_that_and_not_what(client, city, auditor):
    project = city.project("filed")
    audit.record(auditor, "account_opened", "new", post="clerk")
    client.force_login(auditor)
    page = client.get("/audit/").content.decode()
    assert (project.number in page, project.name in page, "提交申报" in page) == (False, False, False)
    assert "项目业务" in page
    accounts = rows(client, "?kind=account")
    assert ("开通账号", "new", {"post": "clerk"}) in [(row["label"], row["target"], row["detail"]) for row in accounts]


@pytest.mark.parametrize("query", ["?since=2026-03-03", "?until=2026-03-01", "?who=nobody", "?project=YQ-0"])
def test_filters_leave_out(client, city, query):
    city.project("filed")
    client.force_login(city.users["audit"])
    assert [row for row in rows(client, query) if row["project"] and "2026-03-02" in str(row["event"].at)] == []


def test_a_wrong_range_is_told(client, auditor):
    client.force_login(auditor)
    refused = client.get("/audit/?since=2026-03-02&until=2026-03-01")
    assert (refused.status_code, "截止日期不能早于起始日期。" in refused.content.decode()) == (400, True)


def test_pages_follow_one_another_without_a_gap(client, auditor):
    for number in range(120):
        audit.record(auditor, "login", f"n{number}")
    client.force_login(auditor)
    seen, query = [], "?kind=account"
    while query:
        context = client.get(f"/audit/{query}").context
        seen += [row["event"].pk for row in context["rows"]]
        query = f"?kind=account&before={context['next']}" if context["next"] else ""
    assert seen == list(AuditEvent.objects.order_by("-id").values_list("pk", flat=True))


def test_the_queries_do_not_grow_with_the_rows(client, city):
    client.force_login(city.users["audit"])
    client.get("/audit/")
    counts = []
    for _ in range(2):
        city.project("filed")
        with CaptureQueriesContext(connection) as captured:
            client.get("/audit/")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_file_is_text_only_and_its_making_is_recorded(client, auditor):
    audit.record(None, "login_failed", "=1+1", actor_name="=1+1")
    client.force_login(auditor)
    text = client.get("/audit/?as=csv").content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert lines[0] == ["时间", "操作人", "操作", "对象", "项目", "地址"]
    assert lines[-1][1:4] == ["'=1+1", "登录失败", "'=1+1"]
    assert AuditEvent.objects.filter(action="audit_exported", actor=auditor).count() == 1


def test_sound_ledgers_verify_twenty_at_a_time(client, city, auditor):
    for number in range(21):
        city.draft(name=f"项目{number}")
    city.project("filed")
    client.force_login(auditor)
    one = client.post("/audit/ledger/").context
    assert (one["checked"], one["wrong"]) == (20, [])
    two = client.post("/audit/ledger/", {"after": one["next"]}).context
    assert (two["checked"], two["wrong"], two["steps"], two["next"]) == (2, [], 1, None)
    assert [
        event.detail["checked"] for event in AuditEvent.objects.filter(action="ledger_verified").order_by("id")
    ] == [20, 2]


def test_a_changed_note_is_shown_and_the_administrator_learns_no_number(client, city, auditor):
    project = city.project("filed")
    with connection.cursor() as cursor:
        for name, table, *_ in triggers.GUARDS:
            cursor.execute(
                f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if connection.vendor == "postgresql" else "")
            )
        cursor.execute("UPDATE projects_passage SET note = 'x'")
    triggers.install()
    client.force_login(city.users["audit"])
    shown = client.post("/audit/ledger/", {"number": project.number})
    assert shown.context["wrong"] == [{"project": project, "kinds": {"内容与哈希不符": 1}}]
    assert project.number in shown.content.decode()
    client.force_login(auditor)
    page = client.post("/audit/ledger/").content.decode()
    assert (project.number in page, "内容与哈希不符" in page) == (False, True)


def test_an_unknown_number_is_told(client, city):
    client.force_login(city.users["audit"])
    refused = client.post("/audit/ledger/", {"number": "YQ-0"})
    assert (refused.status_code, "没有这个项目" in refused.content.decode()) == (400, True)
    assert Project.objects.count() == 0
