"""Here: publishing a year of the calendar in the browser. Not here: reading files and publishing (test_calendar.py)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from deadlines.models import CalendarDay, CalendarYear
from organizations.models import AuditEvent, Post, User

DAYS = [
    ("2031-01-01", "放假", "元旦"), ("2031-05-01", "放假", "劳动节"), ("2031-10-01", "放假", "国庆节"),
    ("2031-10-02", "放假", "国庆节"), ("2031-10-03", "放假", "国庆节"), ("2031-10-11", "上班", "国庆节"),
]  # fmt: skip


def table(days=DAYS, name="2031.csv") -> SimpleUploadedFile:
    lines = ["日期,安排,节日", *(",".join(each) for each in days)]
    return SimpleUploadedFile(name, "\n".join(lines).encode())


@pytest.fixture
def admin(client, db) -> User:
    user = User.objects.create_user("root", password="x", post=Post.SYSTEM_ADMIN)
    client.force_login(user)
    return user


def test_a_year_is_published_whole_and_recorded(client, admin):
    answer = client.post("/system/calendar/", {"file": table(), "source": "国办发〔2030〕1号"})
    assert answer["Location"] == "/system/calendar/2031/"
    year = CalendarYear.objects.get(year=2031)
    assert (year.official, year.source, CalendarDay.objects.filter(day__year=2031).count()) == (
        True,
        "国办发〔2030〕1号",
        6,
    )
    event = AuditEvent.objects.get(action="calendar_published")
    assert (event.actor, event.target, event.detail["days"]) == (admin, "2031年", 6)


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (table(DAYS[:2]), "缺少法定节假日2031-10-01"),
        (table(name="days.pdf"), "只能读取 .csv 或 .xlsx 文件。"),
        (SimpleUploadedFile("a.xlsx", b"no"), "无法打开该 Excel 文件。"),
    ],
)
def test_a_wrong_file_publishes_nothing_and_says_why(client, admin, file, reason):
    answer = client.post("/system/calendar/", {"file": file, "source": "某文号"})
    assert (answer.status_code, reason in answer.content.decode()) == (400, True)
    assert 'value="某文号"' in answer.content.decode()
    assert not CalendarYear.objects.filter(year=2031).exists()


def test_an_official_year_is_corrected_only_on_purpose(client, admin):
    client.post("/system/calendar/", {"file": table(), "source": "a"})
    assert client.post("/system/calendar/", {"file": table(), "source": "b"}).status_code == 400
    assert client.post("/system/calendar/", {"file": table(), "source": "b", "replace": "on"}).status_code == 302
    assert CalendarYear.objects.get(year=2031).source == "b"


def test_a_year_goes_out_as_it_comes_in(client, admin):
    client.post("/system/calendar/", {"file": table(), "source": "a"})
    text = client.get("/system/calendar/2031/?as=csv").content.decode("utf-8-sig")
    assert text.splitlines() == ["日期,安排,节日", *(",".join(each) for each in DAYS)]
