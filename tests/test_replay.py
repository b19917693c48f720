"""Here: that a project walked before is the same project when it is written again. Not here: the walk itself."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from organizations.models import User
from projects.models import Project
from tests import replay

pytestmark = pytest.mark.sqlite


def everything() -> list:
    """Every row of every table."""
    rows = []
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows.append((table, cursor.fetchall()))
    return rows


@pytest.fixture
def twice(city, monkeypatch):
    """The same walk twice from the same rows: what the database held each time, and how often it was walked."""
    monkeypatch.setattr(replay, "_kept", {})
    held, walks = [], []
    walked = city.walker
    monkeypatch.setattr(city, "walker", lambda *args: walks.append(1) or walked(*args))
    for _ in range(2):
        start = len(city.recorder.written)
        with transaction.atomic():
            project = city.project("endorsed", "2000000.00")
            held.append((project.pk, str(project.state), everything()))
            transaction.set_rollback(True)
        del city.recorder.written[start:]
    return held, len(walks)


def test_the_second_time_nothing_is_walked_and_every_row_is_the_same(twice):
    held, walks = twice
    assert held[0] == held[1]
    assert (walks, held[0][1]) == (2, "endorsed")


def test_other_rows_before_it_mean_another_walk(city):
    key = city.recorder.key("project")
    User.objects.filter(pk=city.applicant.pk).update(display_name="另一位")
    assert city.recorder.key("project") != key


def test_the_ledger_of_a_replayed_project_holds(city):
    city.project("filed")
    call_command("check")
    assert all(each.hash == each.computed_hash() for each in Project.objects.get().passages.all())
