"""Here: a project's course as spans and dates. Not here: who may open it (matrix), reckoning deadlines."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from organizations import clock
from projects.states import State
from projects.transitions import perform
from reports.timeline import LATE, MET, OPEN, Span, chart, spans

pytestmark = pytest.mark.django_db


def test_a_stage_entered_again_is_a_span_of_its_own_and_the_last_is_open(city):
    project = city.project("filed")
    with clock.at(date(2026, 3, 9)):
        perform(project.pk, "recall", actor=city.applicant)
    with clock.at(date(2026, 3, 12)):
        perform(project.pk, "file", actor=city.applicant)
    with clock.at(date(2026, 3, 20)):
        perform(project.pk, "withdraw", actor=city.applicant, note="不再建设")
        project.refresh_from_db()
        found = spans(project)
    stage = found[1].stage
    assert found == [
        Span("编制申报", date(2026, 3, 2), date(2026, 3, 2)),
        Span(stage, date(2026, 3, 2), date(2026, 3, 9)),
        Span("编制申报", date(2026, 3, 9), date(2026, 3, 12)),
        Span(stage, date(2026, 3, 12), date(2026, 3, 20)),
        Span(State.WITHDRAWN.label, date(2026, 3, 20), date(2026, 3, 20)),
    ]
    assert [span.days for span in found] == [0, 7, 3, 8, 0]


def test_the_page_its_chart_and_its_file_say_the_same(city, client):
    project = city.project("contracted", "1200000.00")
    client.force_login(city.applicant)
    address = reverse("reports:timeline", args=[project.number])
    with clock.at(date(2027, 3, 1)), CaptureQueriesContext(connection) as asked:
        page = client.get(address)
        stays, dates = page.context["stays"], page.context["dates"]
        book = load_workbook(BytesIO(client.get(address, {"format": "xlsx"}).content))
    assert stays[-1].ends_on is None
    assert [(mark.row.code, mark.standing) for mark in dates] == [("tender_review", MET)]
    drawn = chart(stays, dates)["marks"]
    assert {name: len(rows) for name, rows in drawn.items()} == {MET: 1, LATE: 0, OPEN: 0}
    assert [row[0] for row in book["环节"].iter_rows(min_row=2, values_only=True)] == [span.stage for span in stays]
    assert [row[0] for row in book["时限"].iter_rows(min_row=2, values_only=True)] == [mark.row.label for mark in dates]
    assert len(asked) < 40
