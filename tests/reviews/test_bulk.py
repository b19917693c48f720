"""Here: handling many at once: verdict per row, each by itself, twice does nothing. Not here: the queue."""

from uuid import uuid4

import pytest
from django.test import Client

from organizations.models import AuditEvent, User
from reviews.bulk import BLOCKED, handlings, preview, run
from reviews.models import BulkHandling, FilingReceipt
from tests.conftest import build_city


@pytest.fixture
def centre(city):
    return User.objects.select_related("organization").get(pk=city.users["centre"].pk)


@pytest.fixture
def client(city) -> Client:
    client = Client()
    client.force_login(city.users["centre"])
    return client


@pytest.fixture
def filed(city):
    """Two filings."""
    return [city.project("filed", name=name) for name in ("门户", "云桌面")]


def state(project) -> str:
    project.refresh_from_db()
    return project.state


def asked(found) -> list[tuple[str, str]]:
    return [(row.project.number, row.stamp) for row in found.rows]


def test_what_each_office_may_do_to_many(city, centre):
    assert list(handlings(centre)) == [
        "filing_receipt", "duplicate_search", "endorse", "approve_scheme", "return_filing", "return_scheme", "reject",
    ]  # fmt: skip
    assert handlings(centre)["endorse"].label == "出具预审意见(同意)"
    assert [name for name, each in handlings(centre).items() if each.needs_note] == [
        "return_filing", "return_scheme", "reject",
    ]  # fmt: skip
    for name in ("gov_office", "finance", "applicant"):
        assert handlings(city.users[name]) == {}


def test_the_preview_gives_a_verdict_per_row_and_does_nothing(city, centre, filed):
    city.walker().prepare(filed[0], "endorse")
    found = preview(centre, handlings(centre)["endorse"], [project.number for project in filed])
    assert [(row.allowed, [verdict.rule for verdict in row.verdicts]) for row in found.rows] == [
        (True, []), (False, ["YQ-3.2-3"]),
    ]  # fmt: skip
    assert found.rows[1].verdicts[0].reason == "本次申报尚未登记受理。"
    assert [state(project) for project in filed] == ["filed", "filed"]


def test_the_preview_of_a_record_leaves_nothing_behind(centre, filed):
    before = AuditEvent.objects.count()
    found = preview(centre, handlings(centre)["filing_receipt"], [filed[0].number])
    assert [row.allowed for row in found.rows] == [True]
    assert (FilingReceipt.objects.count(), AuditEvent.objects.count()) == (0, before)


def test_those_that_can_be_done_are_done_and_the_others_say_why(city, centre, filed):
    city.walker().prepare(filed[0], "endorse")
    endorse = handlings(centre)["endorse"]
    found = preview(centre, endorse, [project.number for project in filed])
    made = run(centre, endorse, asked(found), note="", key=uuid4())
    assert [(row["number"], row["done"]) for row in made.rows] == [(filed[0].number, True), (filed[1].number, False)]
    assert made.rows[1]["rules"][0]["rule"] == "YQ-3.2-3"
    assert made.rows[1]["rules"][0]["unblock"] == "市电子政务中心"
    assert [state(project) for project in filed] == ["endorsed", "filed"]
    assert made.finished
    event = AuditEvent.objects.get(action="bulk")
    assert (event.target, event.detail["done"], event.detail["refused"]) == ("出具预审意见(同意)", 1, 1)


def test_the_same_form_twice_does_nothing_twice(centre, filed):
    receipt, key = handlings(centre)["filing_receipt"], uuid4()
    rows = asked(preview(centre, receipt, [project.number for project in filed]))
    first = run(centre, receipt, rows, note="", key=key)
    second = run(centre, receipt, rows, note="", key=key)
    assert (second.pk, FilingReceipt.objects.count()) == (first.pk, 2)


def test_a_project_that_has_changed_since_is_left_alone(centre, filed):
    receipt = handlings(centre)["filing_receipt"]
    rows = asked(preview(centre, receipt, [filed[0].number]))
    run(centre, receipt, rows, note="", key=uuid4())
    again = run(centre, receipt, rows, note="", key=uuid4())
    assert [row["reason"] for row in again.rows] == ["您查看之后项目有了变化(可能已经办过),没有重复办理。"]
    assert FilingReceipt.objects.count() == 1


def test_what_was_refused_in_the_preview_is_not_done_even_if_it_could_be_by_now(city, centre, filed):
    endorse = handlings(centre)["endorse"]
    rows = asked(preview(centre, endorse, [filed[0].number]))
    assert rows == [(filed[0].number, BLOCKED)]
    city.walker().prepare(filed[0], "endorse")
    made = run(centre, endorse, rows, note="", key=uuid4())
    assert made.rows[0]["reason"] == "预览之后已具备条件,请再次选中办理。"
    assert state(filed[0]) == "filed"


def test_one_row_that_fails_takes_no_other_with_it(city, centre, filed):
    receipt = handlings(centre)["filing_receipt"]
    rows = asked(preview(centre, receipt, [project.number for project in filed]))
    made = run(centre, receipt, [(rows[0][0], "filed.9.9"), rows[1]], note="", key=uuid4())
    assert [row["done"] for row in made.rows] == [False, True]
    assert FilingReceipt.objects.get().project == filed[1]


def test_foreign_and_unknown_projects_are_not_found_and_not_named(city, centre, filed):
    foreign = build_city("elsewhere").project("filed", name="外市项目")
    draft = city.draft(name="别人的草稿")
    numbers = [filed[0].number, foreign.number, draft.number, "YQ-0"]
    receipt = handlings(centre)["filing_receipt"]
    found = preview(centre, receipt, numbers)
    assert ([row.project for row in found.rows], found.not_found) == ([filed[0]], 3)
    made = run(centre, receipt, [(number, "filed.1.0") for number in numbers], note="", key=uuid4())
    assert ([row["number"] for row in made.rows], made.not_found) == ([filed[0].number], 3)
    assert "外市项目" not in str(made.rows)


def test_through_the_pages(client, city, filed):
    chosen = {"handling": "filing_receipt", "project": [project.number for project in filed], "back": "sort=high"}
    page = client.post("/review/bulk/", chosen)
    text = page.content.decode()
    assert page.status_code == 200 and "办理可办的 2 件" in text and text.count(">可办<") == 2
    rows = [f"{row.project.number}|{row.stamp}" for row in page.context["preview"].rows]
    sent = {"handling": "filing_receipt", "row": rows, "key": str(page.context["key"])}
    answer = client.post("/review/bulk/confirm/", sent)
    assert answer.status_code == 302
    assert client.post("/review/bulk/confirm/", sent).headers["location"] == answer.headers["location"]
    assert "2 件已办,0 件未办" in client.get(answer.headers["location"]).content.decode()
    assert FilingReceipt.objects.count() == 2


def test_a_note_that_is_needed_is_asked_for_at_its_field(client, city, desk, filed):
    desk.record(filed[0], "return_letter")
    page = client.post("/review/bulk/", {"handling": "return_filing", "project": [filed[0].number]})
    rows = [f"{row.project.number}|{row.stamp}" for row in page.context["preview"].rows]
    sent = {"handling": "return_filing", "row": rows, "key": str(page.context["key"])}
    refused = client.post("/review/bulk/confirm/", sent | {"note": " "})
    assert (refused.status_code, BulkHandling.objects.count()) == (400, 0)
    assert 'aria-describedby="note_error"' in refused.content.decode()
    client.post("/review/bulk/confirm/", sent | {"note": "请按告知书补正"})
    assert state(filed[0]) == "draft"


def test_a_result_is_for_whoever_did_it(client, city, filed, centre):
    made = run(centre, handlings(centre)["filing_receipt"], [], note="", key=uuid4())
    assert client.get(f"/review/bulk/{made.key}/").status_code == 200
    other = Client()
    other.force_login(city.users["gov_office"])
    assert other.get(f"/review/bulk/{made.key}/").status_code == 404


def test_what_cannot_be_read_is_answered_politely(client, city, filed):
    assert client.post("/review/bulk/", {"handling": "file", "project": [filed[0].number]}).status_code == 403
    assert client.post("/review/bulk/", {"handling": "endorse"}).status_code == 302
    bad = {"handling": "filing_receipt", "row": ["x", "|"], "key": "none"}
    assert client.post("/review/bulk/confirm/", bad).status_code == 404
    assert client.get("/review/bulk/").status_code == 405
