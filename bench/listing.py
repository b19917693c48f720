"""Here: the data and the two sides of the list measurement. Not here: timing (__main__)."""

import json

from django.db import connection
from django.db.models import CharField, TextField
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organizations.models import Jurisdiction, Office, Organization, User
from projects.models import Project

COLUMNS = "p.id, number, p.name, kind, origin, state, plan_year, investment, investment_source, filed_on, department_id, o.name"
BARE = f"""SELECT {COLUMNS} FROM projects_project p JOIN organizations_organization o ON o.id = p.department_id
WHERE p.department_id = %s OR (p.jurisdiction_id = %s AND state <> 'draft') ORDER BY p.id DESC LIMIT 51"""  # noqa: S608


def fill(rows: int) -> User:
    """A jurisdiction with 40 units and this many filed projects; returns an officer of the centre."""
    place = Jurisdiction.objects.create(code="bench", name="bench", pack="yueqing-2015")
    units = [
        Organization.objects.create(jurisdiction=place, name=f"单位{number}", type="direct") for number in range(40)
    ]
    Office.objects.create(jurisdiction=place, role="centre", organization=units[0])
    user = User.objects.create_user("bench", password="x" * 12, organization=units[0], display_name="bench")
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(insert(), [place.pk, units[0].pk, user.pk, rows])
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")
    return user


GIVEN = {
    "jurisdiction_id": "%s", "department_id": "%s + n %% 40", "created_by_id": "%s", "created_at": "now()",
    "number": "'B-' || n", "pack_code": "'yueqing-2015'", "name": "'项目' || n", "search_text": "'b-' || n || ' 项目' || n",
    "kind": "'新建'", "origin": "'年度申报'", "plan_year": "2020 + n %% 7", "categories": "'[]'", "public_facilities": "'[]'",
    "investment": "(n * 7919) %% 9000000", "investment_source": "'申报概算'", "filed_on": "current_date",
    "state": "(array['filed','endorsed','budgeted','building','in_service'])[1 + n %% 5]",
    "ledger_head": "'h'", "ledger_length": "1",
}  # fmt: skip


def insert() -> str:
    """One statement for all rows; every other text is empty, everything else unknown."""
    texts = [
        f.column
        for f in Project._meta.concrete_fields
        if isinstance(f, CharField | TextField) and f.column not in GIVEN
    ]
    columns = GIVEN | dict.fromkeys(texts, "''")
    return f"INSERT INTO projects_project ({', '.join(columns)}) SELECT {', '.join(columns.values())} FROM generate_series(1, %s) n"  # noqa: S608


def sides(user: User):
    """(bare, REST, queries of REST): both give the same 50 rows as JSON text."""
    import orjson

    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    raw = connection.connection
    params = [user.organization_id, user.organization.jurisdiction_id]

    def bare() -> bytes:
        return orjson.dumps([list(row) for row in raw.execute(BARE, params).fetchall()[:50]], default=str)

    def rest() -> bytes:
        return client.get("/api/v1/projects/").content

    with CaptureQueriesContext(connection) as asked:
        found = json.loads(rest())["results"]
    if [row["id"] for row in found] != [row[0] for row in orjson.loads(bare())]:
        raise RuntimeError("the two sides do not give the same rows")
    return bare, rest, len(asked)
