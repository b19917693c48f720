"""The personal calendar: its format taken apart again, whose it is, who may read it, and that the address is a secret."""

import re
from datetime import UTC, date, datetime

import pytest
from django.core.cache import cache
from hypothesis import given, settings
from hypothesis import strategies as st

from deadlines import feed, feed_views, ics
from deadlines.models import CalendarFeed, Deadline
from egov_projects.logs import without_secrets
from organizations import clock
from organizations.models import AuditEvent, User
from tests.conftest import build_city

NOW = datetime(2026, 3, 16, 1, 2, 3, tzinfo=UTC)
HOSTILE = "甲,乙;丙\\丁\r\nEND:VCALENDAR\u2028尾🏗️👩‍💻\x00\x07"


def parse(body: bytes) -> list[dict[str, str]]:
    """The entries of a calendar, read as RFC 5545 says; strict about line ends, length and characters."""
    assert body.endswith(b"\r\n") and b"\n" not in body.replace(b"\r\n", b"")
    lines = body[:-2].split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no character is cut in two
    unfolded = re.sub(r"\r\n[ \t]", "", body.decode()).split("\r\n")[:-1]
    assert (unfolded[0], unfolded[1], unfolded[-1]) == ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "".join(unfolded))
    entries, current = [], None
    for line in unfolded[1:-1]:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            current = {}
        elif line == "END:VEVENT":
            entries.append(current)
            current = None
        elif current is not None:
            assert name not in current
            current[name] = value
    assert current is None
    return entries


def plain(value: str) -> str:
    """A TEXT value without its escapes."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def test_an_entry_is_an_all_day_event_with_a_stable_name():
    entry = ics.Entry("deadline-7@egov-projects", date(2026, 12, 31), "招标文件审查", "第一行\n第二行", "http://x/projects/1/")
    (found,) = parse(ics.calendar("时限", [entry], now=NOW))
    assert found == {
        "UID": "deadline-7@egov-projects", "DTSTAMP": "20260316T010203Z", "DTSTART;VALUE=DATE": "20261231",
        "DTEND;VALUE=DATE": "20270101", "SUMMARY": "招标文件审查", "TRANSP": "TRANSPARENT",
        "DESCRIPTION": "第一行\\n第二行", "URL": "http://x/projects/1/",
    }  # fmt: skip
    assert b"X-WR-TIMEZONE:Asia/Shanghai\r\n" in ics.calendar("时限", [], now=NOW)


def test_a_hostile_name_stays_a_name():
    entries = [ics.Entry(f"{at}@x", date(2026, 3, 2), HOSTILE, HOSTILE) for at in range(2)]
    found = parse(ics.calendar(HOSTILE, entries, now=NOW))
    expected = "甲,乙;丙\\丁\nEND:VCALENDAR\n尾🏗️👩‍💻"
    assert [plain(each["SUMMARY"]) for each in found] == [expected, expected]
    assert found[0]["SUMMARY"] == "甲\\,乙\\;丙\\\\丁\\nEND:VCALENDAR\\n尾🏗️👩‍💻"


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=120))
def test_any_text_comes_back_whole(words):
    (found,) = parse(ics.calendar("x", [ics.Entry("1", date(2026, 3, 2), f"时{words}")], now=NOW))
    assert plain(found["SUMMARY"]) == "时" + re.sub("[\u2028\u2029]", "\n", words)


@pytest.fixture
def filed(db, clocks):
    """A project filed on Friday 2026-03-13, which the centre has to handle by the 20th, and its city."""
    cache.clear()
    with clock.at(date(2026, 3, 13)):
        city = build_city()
        project = city.project("filed", name="平台,二期;\n“甲”")
    with clock.at(date(2026, 3, 16)):
        yield project, city


def read(client, token):
    return client.get(f"/calendar/{token}.ics")


def test_an_office_reads_its_own_last_days_without_signing_in(filed, client):
    project, city = filed
    answer = read(client, feed.rotate(city.users["centre"]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    (entry,) = parse(answer.content)
    five = Deadline.objects.get(code="five")
    assert entry["UID"] == f"deadline-{five.pk}@egov-projects"
    assert (entry["DTSTART;VALUE=DATE"], plain(entry["SUMMARY"])) == ("20260320", f"五日办理 {project.name}")
    assert entry["URL"] == f"http://testserver/projects/{project.number}/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("role", ["applicant", "finance", "other"])
def test_what_is_not_theirs_to_do_is_not_in_their_calendar(filed, client, role):
    assert parse(read(client, feed.rotate(filed[1].users[role])).content) == []


def test_a_neighbouring_city_sees_nothing(filed, client):
    abroad = build_city("elsewhere")
    assert parse(read(client, feed.rotate(abroad.users["centre"])).content) == []


def test_only_a_hash_is_kept_and_a_new_address_ends_the_old(filed, client):
    user = filed[1].users["centre"]
    first = feed.rotate(user)
    assert first not in str(CalendarFeed.objects.values().get()) and len(first) >= 43
    second = feed.rotate(user)
    assert (read(client, first).status_code, read(client, second).status_code) == (404, 200)
    assert CalendarFeed.objects.get().read_at is not None
    assert feed.revoke(user) and not feed.revoke(user)
    assert read(client, second).status_code == 404
    kept = list(AuditEvent.objects.filter(action__startswith="calendar_feed").order_by("id").values_list("action", flat=True))
    assert kept == ["calendar_feed.made", "calendar_feed.made", "calendar_feed.revoked"]


def test_whoever_has_left_has_no_calendar(filed, client):
    user = filed[1].users["centre"]
    token = feed.rotate(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert read(client, token).status_code == 404


def test_reading_all_the_time_is_told_to_wait(filed, client, monkeypatch):
    monkeypatch.setattr(feed_views, "READS", 2)
    monkeypatch.setattr(feed_views, "MISSES", 1)
    token = feed.rotate(filed[1].users["centre"])
    assert [read(client, token).status_code for _ in range(3)] == [200, 200, 429]
    assert [read(client, "falsch").status_code for _ in range(2)] == [404, 429]
    assert read(client, feed.rotate(filed[1].users["finance"])).status_code == 200, "others go on reading"


def test_the_page_shows_the_address_once(filed, client):
    client.force_login(filed[1].users["centre"])
    made = client.post("/profile/calendar/", {"do": "rotate"}).content.decode()
    (path,) = re.findall(r"/calendar/[\w-]+\.ics", made)
    again = client.get("/profile/calendar/").content.decode()
    assert path not in again and "还没有读取过" in again
    client.logout()
    assert client.get(path).status_code == 200
    client.force_login(filed[1].users["centre"])
    client.post("/profile/calendar/", {"do": "revoke"})
    assert client.get(path).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_clocks(filed, client, django_assert_num_queries):
    _, city = filed
    with clock.at(date(2026, 3, 13)):
        for at in range(3):
            city.project("filed", name=f"项目{at}")
    token = feed.rotate(city.users["centre"])
    read(client, token)
    with django_assert_num_queries(5):
        assert len(parse(read(client, token).content)) == 4


def test_the_secret_stands_in_no_log():
    line = without_secrets(None, "info", {"event": "request_finished", "request": "GET /calendar/abc-D_1.ics", "code": 200})
    assert line["request"] == "GET /calendar/….ics"
