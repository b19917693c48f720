"""Here: the page that derives a past decision again. Not here: deriving (test_time_machine.py)."""

import json

import pytest
from django.db import connection

from projects import triggers
from projects.models import PackVersion


@pytest.fixture
def project(city):
    return city.project("endorsed")


@pytest.fixture
def unguarded(db):
    with connection.cursor() as cursor:
        for name, table, *_ in triggers.GUARDS:
            cursor.execute(
                f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if connection.vendor == "postgresql" else "")
            )
    yield
    triggers.install()


def page(client, city, project, step=1):
    client.force_login(city.applicant)
    return client.get(f"/projects/{project.number}/ledger/{step}/")


def test_every_step_comes_out_again_with_both_operands(client, city, project):
    for step, passage in enumerate(project.passages.order_by("number"), start=1):
        context = page(client, city, project, step).context
        assert (context["differing"], context["trouble"], len(context["rows"])) == (0, "", len(passage.verdicts))
    filed = {row["rule"]: row for row in page(client, city, project).context["rows"]}
    figures = filed["YQ-1.2-11"]["operands"][-1]
    assert figures["before"] == figures["after"]
    assert figures["after"]["actual"]
    assert "一致" in page(client, city, project).content.decode()


@pytest.mark.usefixtures("unguarded")
def test_a_changed_fact_is_shown_beside_what_was_decided(client, city, project):
    passage = project.passages.get(number=1)
    compared = [each for verdict in passage.verdicts for each in verdict["comparisons"]]
    fact = next(each["fact"] for each in compared if each["actual"] is True)
    with connection.cursor() as cursor:
        facts = json.dumps(passage.facts | {fact: False}, ensure_ascii=False)
        cursor.execute("UPDATE projects_passage SET facts = %s WHERE id = %s", [facts, passage.pk])
    context = page(client, city, project).context
    row = context["rows"][0]
    assert (context["differing"] > 0, row["differs"], context["sound"]) == (True, True, False)
    changed = next(each for each in row["operands"] if each["differs"])
    assert changed["before"] != changed["after"]


def test_a_version_that_is_gone_is_told(client, city, project):
    PackVersion.objects.all().delete()
    answer = page(client, city, project)
    assert (answer.status_code, "不能重新推导" in answer.content.decode()) == (200, True)


def test_the_ledger_leads_there_and_a_step_that_is_not_is_not_found(client, city, project):
    client.force_login(city.applicant)
    assert f"/projects/{project.number}/ledger/2/" in client.get(f"/projects/{project.number}/ledger/").content.decode()
    assert page(client, city, project, 99).status_code == 404
    client.force_login(city.users["other"])
    assert client.get(f"/projects/{project.number}/ledger/1/").status_code == 404
