"""Here: the shipped calendar, reading it, publishing a year. Not here: the arithmetic (tests/policies/test_workdays)."""

from datetime import date, timedelta
from io import StringIO

import chinese_calendar
import pytest
from django.apps.registry import Apps
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.core.serializers import serialize
from django.db import transaction
from openpyxl import Workbook

from deadlines import calendar_files, publish
from deadlines.calendar import city_calendar, due, label
from deadlines.calendar_files import read_days
from deadlines.models import CalendarDay, CalendarYear
from deadlines.seed import seed_calendar
from policies.workdays import Due

pytestmark = pytest.mark.django_db

NOTICE = """日期,安排,节日
2027-01-01,放假,元旦
2027-02-08,放假,春节
2027/2/20,上班,春节
2027年5月3日,holiday,劳动节
2027-10-01,放假,国庆节
2027-10-02,放假,国庆节

2026-12-31,放假,元旦
"""


@pytest.fixture
def notice(tmp_path):
    def write(text=NOTICE, name="2027.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


@pytest.fixture
def told(monkeypatch):
    """A keeper of dates that notes what it is told and says that it changed three."""
    since = []
    monkeypatch.setattr(publish, "recomputers", [lambda day: since.append(day) or 3])
    return since


def run(command, *args):
    out = StringIO()
    call_command(command, *map(str, args), stdout=out)
    return out.getvalue().strip()


def import_notice(path, *args):
    return run("calendar_import", path, "--source", "国办发明电〔2026〕1号", *args)


def errors_of(path):
    with pytest.raises(ValidationError) as caught:
        read_days(path)
    return caught.value.messages


def test_shipped_years_agree_with_chinesecalendar_every_day():
    calendar = city_calendar()
    first = date(2004, 1, 1)
    days = [first + timedelta(days=i) for i in range((date(2026, 12, 31) - first).days + 1)]
    assert [d for d in days if calendar.is_workday(d) != chinese_calendar.is_workday(d)] == []
    assert calendar.official_years == frozenset(range(2004, 2027))


def test_shipped_days_are_exceptions_only_with_their_source():
    rows = list(CalendarDay.objects.all())
    assert len(rows) == 557
    assert [row for row in rows if not row.is_exception or not row.name or not row.source] == []


def test_forty_working_days_from_22_november_2026_are_labelled():
    answer = due(date(2026, 11, 22), 40, "working_days")
    assert answer == Due(date(2027, 1, 15), (2027,))
    assert label(answer) == "2027年放假安排未公布，暂按周末推算"
    assert run("workdays", "2026-11-22", "+40") == "2027-01-15 周五（2027年放假安排未公布，暂按周末推算）"


def test_firm_dates_carry_no_label():
    assert label(due(date(2026, 9, 30), 5, "working_days")) == ""
    assert run("workdays", "2026-09-30", "+5") == "2026-10-13 周二"
    assert label(Due(date(2028, 1, 3), (2027, 2028))) == "2027、2028年放假安排未公布，暂按周末推算"


@pytest.mark.parametrize("args", [("2026-02-30", "+5"), ("soon", "+5"), ("2026-11-22", "+99999999")])
def test_workdays_refuses_nonsense(args):
    with pytest.raises(CommandError):
        run("workdays", *args)


def test_seeding_again_changes_nothing_and_keeps_corrections():
    CalendarDay.objects.get(day=date(2026, 10, 7)).delete()
    CalendarDay.objects.create(day=date(2026, 11, 2), kind="holiday", name="临时放假")
    before = list(CalendarDay.objects.values_list()), list(CalendarYear.objects.values_list())
    seed_calendar()
    assert (list(CalendarDay.objects.values_list()), list(CalendarYear.objects.values_list())) == before


def test_seeding_fills_a_year_that_was_not_official_and_the_december_before(told):
    CalendarDay.objects.filter(day__gte=date(2018, 12, 1), day__year__lte=2019).delete()
    CalendarYear.objects.filter(year=2019).update(official=False)
    told.clear()
    seed_calendar()
    calendar = city_calendar()
    assert 2019 in calendar.official_years
    assert calendar.is_workday(date(2018, 12, 29)) is True
    assert calendar.is_workday(date(2019, 10, 1)) is False
    assert CalendarDay.objects.count() == 557
    assert told == [date(2018, 12, 1)]


def test_the_first_seeding_recomputes_nothing(told):
    CalendarDay.objects.all().delete()
    CalendarYear.objects.all().delete()
    told.clear()
    seed_calendar()
    assert CalendarDay.objects.count() == 557
    assert told == []


def test_seeding_waits_for_its_tables_and_leaves_other_databases_alone(django_assert_num_queries):
    with django_assert_num_queries(0):
        seed_calendar.__wrapped__(apps=Apps())
        seed_calendar.__wrapped__(using="another")


def test_loading_a_fixture_is_not_a_correction(told, tmp_path):
    day = CalendarDay(pk=9001, day=date(2026, 11, 2), kind="holiday", name="临时放假")
    (tmp_path / "days.json").write_text(serialize("json", [day]))
    years = list(CalendarYear.objects.values_list())
    run("loaddata", tmp_path / "days.json")
    assert CalendarDay.objects.filter(day=date(2026, 11, 2)).exists()
    assert told == []
    assert list(CalendarYear.objects.values_list()) == years


def test_calendar_is_read_once_until_a_day_changes(django_assert_num_queries):
    city_calendar()
    with django_assert_num_queries(1):
        assert city_calendar().is_workday(date(2026, 11, 2)) is True
    day = CalendarDay.objects.create(day=date(2026, 11, 2), kind="holiday", name="临时放假")
    assert city_calendar().is_workday(date(2026, 11, 2)) is False
    day.delete()
    assert city_calendar().is_workday(date(2026, 11, 2)) is True


def test_a_rolled_back_change_is_forgotten():
    with pytest.raises(RuntimeError), transaction.atomic():
        CalendarDay.objects.create(day=date(2026, 11, 2), kind="holiday", name="临时放假")
        assert city_calendar().is_workday(date(2026, 11, 2)) is False
        raise RuntimeError
    assert city_calendar().is_workday(date(2026, 11, 2)) is True


def test_a_day_corrected_by_hand_recomputes_and_does_not_make_its_year_official(told):
    CalendarDay.objects.create(day=date(2027, 1, 1), kind="holiday", name="元旦")
    assert told == [date(2027, 1, 1)]
    assert city_calendar().official_years == frozenset(range(2004, 2027))
    assert city_calendar().is_workday(date(2027, 1, 1)) is True


@pytest.mark.parametrize(("day", "kind"), [(date(2026, 11, 7), "holiday"), (date(2026, 11, 9), "workday")])
def test_an_ordinary_day_cannot_be_entered_by_hand(day, kind):
    with pytest.raises(ValidationError) as caught:
        CalendarDay(day=day, kind=kind, name="周末").full_clean()
    assert set(caught.value.message_dict) == {"day"}


def test_import_publishes_the_year_and_recomputes(notice, told):
    assert import_notice(notice()) == "2027年放假安排已公布，重新推算时限3项。"
    assert told == [date(2026, 12, 1)]
    # 31 December and 1 January off: two working days more than the guess.
    assert due(date(2026, 11, 22), 40, "working_days") == Due(date(2027, 1, 19))
    calendar = city_calendar()
    assert calendar.is_workday(date(2027, 2, 8)) is False
    assert calendar.is_workday(date(2027, 2, 20)) is True
    assert calendar.is_workday(date(2026, 12, 31)) is False
    # 2 October 2027 is a Saturday: off anyway, so not kept.
    assert CalendarDay.objects.filter(day__year=2027).count() == 5
    assert CalendarYear.objects.get(year=2027).source == "国办发明电〔2026〕1号"
    assert CalendarDay.objects.get(day=date(2026, 12, 31)).source == "国办发明电〔2026〕1号"


def test_import_reads_excel_and_chinese_csv_alike(notice, tmp_path):
    expected = [(d.day, d.kind, d.name) for d in read_days(notice())]
    sheet = Workbook()
    sheet.active.append(["日期", "安排", "节日"])
    for day, kind, name in expected:
        sheet.active.append([day, {"holiday": "放假", "workday": "上班"}[kind], name])
    sheet.save(tmp_path / "2027.xlsx")
    assert len(expected) == 7
    assert [(d.day, d.kind, d.name) for d in read_days(tmp_path / "2027.xlsx")] == expected
    assert [(d.day, d.kind, d.name) for d in read_days(notice(encoding="gb18030"))] == expected


def test_every_wrong_line_is_named_and_nothing_is_written(notice, told):
    text = NOTICE + "2027-13-01,放假,元旦\n2027-04-05,休,清明节\n2027-04-06,放假,\n"
    text += f"2027-01-01,放假,元旦\n2027-03-03,上班,无\n2027-04-07,放假,{'长' * 41}\n"
    path = notice(text)
    assert errors_of(path) == [
        "第10行：日期“2027-13-01”无法识别，应如2027-01-01。",
        "第11行：安排“休”无法识别，应为“放假”或“上班”。",
        "第12行：未写节日名称。",
        "第13行：2027-01-01与第2行重复。",
        "第14行：2027-03-03是周三，本来就上班。",
        "第15行：节日名称超过40字。",
    ]
    with pytest.raises(CommandError, match="第10行"):
        import_notice(path)
    assert CalendarDay.objects.filter(day__year=2027).count() == 0
    assert not CalendarYear.objects.filter(year=2027).exists()
    assert told == []


def test_an_incomplete_or_mixed_list_is_refused(notice):
    with pytest.raises(CommandError, match="缺少法定节假日2027-10-01") as caught:
        import_notice(notice(NOTICE.replace("2027-10-01", "2027-10-04")))
    assert "2027-05-01" not in str(caught.value)
    with pytest.raises(CommandError, match="2026-11-30不属于2027年"):
        import_notice(notice(NOTICE.replace("2026-12-31", "2026-11-30")))
    with pytest.raises(CommandError, match="没有放假或调休日期"):
        import_notice(notice("day,kind,name\n"))


def test_an_official_year_is_replaced_only_on_request(notice):
    import_notice(notice())
    corrected = notice(NOTICE.replace("2027-02-08", "2027-02-09"))
    with pytest.raises(CommandError, match="2027年放假安排已经公布"):
        import_notice(corrected)
    assert city_calendar().is_workday(date(2027, 2, 8)) is False
    import_notice(corrected, "--replace")
    assert city_calendar().is_workday(date(2027, 2, 8)) is True
    assert city_calendar().is_workday(date(2027, 2, 9)) is False


def test_a_failing_recomputation_leaves_the_year_unpublished(notice, monkeypatch):
    monkeypatch.setattr(publish, "recomputers", [lambda since: 1 // 0])
    with pytest.raises(ZeroDivisionError):
        import_notice(notice())
    assert not CalendarYear.objects.filter(year=2027).exists()
    assert due(date(2026, 11, 22), 40, "working_days").provisional is True


def test_unreadable_files_are_refused_in_words(notice, tmp_path):
    assert errors_of(notice("日期,节日\n")) == ["第1行缺少列：安排。"]
    assert errors_of(notice("")) == ["第1行缺少列：日期、安排、节日。"]
    assert errors_of(notice(NOTICE, "2027.txt")) == ["只能读取 .csv 或 .xlsx 文件。"]
    assert errors_of(notice("no workbook", "2027.xlsx")) == ["无法打开该 Excel 文件。"]
    assert errors_of(notice("x" * (calendar_files.MAX_BYTES + 1))) == ["文件过大，放假安排不应超过1MB。"]
    assert errors_of(notice("日期,安排,节日\n" + "\n" * 2001)) == ["文件超过2000行，不像一份放假安排。"]
    with pytest.raises(CommandError, match="无法读取文件"):
        import_notice(tmp_path / "nowhere.csv")
