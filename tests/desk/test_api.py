"""The inbox over REST: scoped, paged, with a fixed number of queries."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from desk.models import Duty


def results(client, what):
    return client.get(f"/api/v1/inbox/{what}/").json()["results"]


def test_todo_says_what_where_and_since_when(city, rest):
    project = city.project("filed")
    row = results(rest("centre"), "todo")[0]
    expected = {
        "project": project.number, "name": "智慧城管平台", "unit": "市城市管理局", "kind": "evidence",
        "task": "filing_receipt", "task_label": "受理登记", "since": "2026-03-02", "waiting": 0, "due_on": None,
        "url": f"/projects/{project.number}/records/filing_receipt/",
    }  # fmt: skip
    assert {key: row[key] for key in expected} == expected
    assert results(rest("finance"), "todo") == results(rest("other"), "todo") == []


def test_done_and_mine(city, rest):
    project = city.project("filed")
    deeds = [row["deed"] for row in results(rest("applicant"), "done")]
    assert (deeds[0], deeds[-1]) == ("提交申报", "新建项目")
    assert results(rest("centre"), "done") == []
    mine = results(rest("sibling"), "mine")
    assert [(row["number"], row["state_label"], row["waiting_for"]) for row in mine] == [
        (project.number, "已申报", ["受理登记"])
    ]
    assert results(rest("centre"), "mine") == []


def test_notices_and_reading(city, rest):
    client = rest("other")
    assert [(row["rule"], row["seen"]) for row in results(client, "notices")] == [("YQ-3.1-1", False)]
    assert client.get("/api/v1/inbox/").json() == {"todo": 0, "unread": 1}
    assert client.post("/api/v1/inbox/notices/read/", {}).json() == {"marked": 1}
    assert client.get("/api/v1/inbox/").json() == {"todo": 0, "unread": 0}


def test_comments_holder_and_urging(city, rest):
    number = city.project("filed").number
    posted = rest("applicant").post(f"/api/v1/projects/{number}/comments/", {"text": "请尽快"})
    assert (posted.status_code, posted.json()["author"]) == (201, "市城市管理局经办")
    assert [row["text"] for row in rest("centre").get(f"/api/v1/projects/{number}/comments/").json()] == ["请尽快"]
    assert rest("applicant").get(f"/api/v1/projects/{number}/holder/").json() == {"holder": "市电子政务中心(受理登记)"}
    assert rest("applicant").post(f"/api/v1/projects/{number}/urge/").status_code == 201
    assert rest("applicant").post(f"/api/v1/projects/{number}/urge/").status_code == 409
    for what in ("comments", "holder"):
        assert rest("other").get(f"/api/v1/projects/{number}/{what}/").status_code == 404


def test_nobody_signed_in_sees_anything(city, client):
    assert client.get("/api/v1/inbox/todo/").status_code == 401


def test_as_many_queries_for_thirty_rows_as_for_one(city, rest):
    def queries(client, what):
        with CaptureQueriesContext(connection) as seen:
            rows = results(client, what)
        return len(rows), len(seen)

    first = city.project("filed")
    one = {what: queries(rest("centre"), what)[1] for what in ("todo", "notices", "done")}
    mine = queries(rest("applicant"), "mine")[1]
    for at in range(30):
        project = city.draft(name=f"项目{at}")
        Duty.objects.filter(project=project).delete()
        Duty.objects.create(
            project=first, holder=f"office:{city.jurisdiction.pk}:centre", role="centre", kind="task",
            name=f"task{at}", label="任务", since=project.created_at.date(),
        )  # fmt: skip
    assert queries(rest("centre"), "todo") == (30, one["todo"])
    assert queries(rest("applicant"), "mine") == (30, mine)
    assert one["todo"] <= 4
