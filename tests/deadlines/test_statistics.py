"""Overdue statistics reconcile with the rows of the board that each figure leads to."""

import re
from datetime import date
from decimal import Decimal
from html import unescape
from io import BytesIO

import pytest
from openpyxl import load_workbook

from deadlines import board, statistics
from deadlines.models import Deadline
from organizations import clock
from tests.conftest import build_city

TODAY = date(2026, 3, 16)
# code, rule, who, starts, within, due, status, met
CLOCKS = [
    ("a", "R1", "centre", "2026-01-05", 5, "2026-01-12", "met", "2026-01-12"),  # on the last day: in time
    ("a", "R1", "centre", "2026-02-02", 5, "2026-02-09", "met", "2026-02-12"),  # late
    ("a", "R1", "centre", "2026-03-02", 5, "2026-03-09", "late", None),
    ("b", "R2", "finance", "2026-03-02", 10, "2026-03-16", "open", None),  # its last day is today
    ("b", "R2", "finance", "2026-02-02", 10, None, "met", "2026-02-05"),  # met while it stood still
    ("c", "R3", "centre", "2025-12-01", 5, "2025-12-08", "open", None),  # late, and not swept yet
    ("d", "R3", "centre", "2025-12-01", 5, None, "open", None),  # stands still
    ("e", "R4", "centre", "2025-12-01", None, None, "open", None),  # no figure: not counted
    ("f", "R4", "centre", "2025-12-01", 5, "2025-12-08", "voided", None),  # not counted
    ("g@2026Q1", "R5", "finance", "2026-01-01", 5, "2026-01-06", "met", "2026-01-04"),
    ("g@2026Q2", "R5", "finance", "2026-02-01", 5, "2026-02-06", "met", "2026-02-04"),
]


@pytest.fixture
def counted(db):
    """Those clocks on one project, seen on 2026-03-16."""
    with clock.at(date(2025, 12, 1)):
        city = build_city(today=date(2025, 12, 1))
        project = city.project("filed")
    with clock.at(TODAY):
        for code, rule, who, starts, within, due, status, met in CLOCKS:
            start = date.fromisoformat(starts)
            label = f"事项{code[0]}" + ("(2026年第一季度)" if "@" in code else "")
            Deadline.objects.create(
                project=project, code=code, rule=rule, label=label, who=who, starts_on=start, waits_from=start,
                within=within, unit="working_days", due_on=due and date.fromisoformat(due), status=status,
                met_on=met and date.fromisoformat(met), trigger="move:file", stopped=code == "d",
            )  # fmt: skip
        yield city


def figures(line):
    days = round(line.days, 2) if line.days is not None else None
    return line.name, line.met_in_time, line.met_late, line.late, line.running, line.share, days


def test_by_office(counted):
    user = counted.users["gov_office"]
    assert [figures(line) for line in statistics.lines(user, {})] == [
        ("市电子政务中心", 1, 1, 2, 1, 75.0, 8.5),
        ("市财政局", 3, 0, 0, 1, 0.0, 3.0),
    ]
    assert figures(statistics.whole(user, {})) == ("合计", 4, 1, 2, 2, 42.9, 5.2)


def test_by_clause_the_periods_of_a_report_are_one_line(counted):
    lines = statistics.lines(counted.users["gov_office"], {"by": "clause"})
    assert [figures(line) for line in lines] == [
        ("R1 事项a", 1, 1, 1, 0, 66.7, 8.5),
        ("R2 事项b", 1, 0, 0, 1, 0.0, 3.0),
        ("R3 事项c", 0, 0, 1, 0, 100.0, None),
        ("R3 事项d", 0, 0, 0, 1, None, None),
        ("R5 事项g", 2, 0, 0, 0, 0.0, 3.0),
    ]


def test_by_month_newest_first(counted):
    lines = statistics.lines(counted.users["gov_office"], {"by": "month", "who": "centre"})
    assert [(line.name, line.total) for line in lines] == [
        ("2026年3月", 1), ("2026年2月", 1), ("2026年1月", 1), ("2025年12月", 2),
    ]  # fmt: skip


@pytest.mark.parametrize("by", ["office", "clause", "month"])
@pytest.mark.parametrize("more", [{}, {"year": 2026}, {"who": "centre"}])
def test_every_figure_is_the_number_of_its_rows(counted, by, more):
    user = counted.users["gov_office"]
    lines, whole = statistics.lines(user, {"by": by, **more}), statistics.whole(user, more)
    for line in [*lines, whole]:
        for outcome in statistics.OUTCOMES:
            listed = board.rows(user, {**more, **line.key, "state": outcome}).count()
            assert listed == getattr(line, outcome), (line.name, outcome)
    for outcome in ("total", *statistics.OUTCOMES):
        assert sum(getattr(line, outcome) for line in lines) == getattr(whole, outcome)


def test_the_links_of_the_page_list_as_many_as_they_say(counted, client):
    client.force_login(counted.users["gov_office"])
    page = client.get("/deadlines/statistics/?by=clause").content.decode()
    links = re.findall(r'<td class="r"><a href="([^"]+)">(\d+)</a>', page)
    assert len(links) == 12
    for link, count in links:
        assert f"共 {count} 条" in client.get(unescape(link)).content.decode(), link


def test_the_sheet(counted):
    rows = list(statistics.values(counted.users["gov_office"], {"by": "office"}))
    assert rows[0] == ["市电子政务中心", 5, 1, 1, 2, 1, Decimal("75.0"), Decimal("8.5")]
    assert {len(row) for row in rows} == {len(statistics.COLUMNS)}


def test_the_workbook_has_the_sums_of_the_page(counted, client):
    client.force_login(counted.users["gov_office"])
    answer = client.get("/exports/deadline-statistics/?by=clause")
    book = load_workbook(BytesIO(b"".join(answer) if answer.streaming else answer.content))
    sheet = book["时限统计"]
    cells = list(sheet.iter_rows(values_only=True))
    assert ("R1 事项a", 3, 1, 1, 1, 0, 66.7, 8.5) in cells
    assert next(row[1:3] for row in cells if row[0] == "合计") == ("=SUM(B2:B6)", "=SUM(C2:C6)")


def test_others_are_told_nothing(counted, client):
    assert statistics.whole(counted.users["other"], {}).total == 0
    client.force_login(counted.users["other"])
    assert "还没有可以统计的时限" in client.get("/deadlines/statistics/").content.decode()
