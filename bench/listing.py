"""Here: the data and the two sides of the list measurement. Not here: timing (__main__)."""

import json

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organizations.models import Jurisdiction, Office, Organization, User

COLUMNS = "p.id, number, p.name, kind, origin, state, plan_year, investment, investment_source, filed_on, department_id, o.name"
BARE = f"""SELECT {COLUMNS} FROM projects_project p JOIN organizations_organization o ON o.id = p.department_id
WHERE p.department_id = %s OR (p.jurisdiction_id = %s AND state <> 'draft') ORDER BY p.id DESC LIMIT 51"""  # noqa: S608


def fill(rows: int) -> User:
    """A jurisdiction with 40 units and this many filed projects; returns an officer of the centre."""
    place = Jurisdiction.objects.create(code="bench", name="bench", pack="yueqing-2015")
    units = [Organization.objects.create(jurisdiction=place, name=f"单位{number}", type="direct") for number in range(40)]
    Office.objects.create(jurisdiction=place, role="centre", organization=units[0])
    user = User.objects.create_user("bench", password="x" * 12, organization=units[0], display_name="bench")
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(INSERT, [place.pk, units[0].pk, user.pk, rows])
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")
    return user


TEXTS = (
    "category_note", "parent_name", "parent_doc_no", "objective", "business_need", "shared_data_needed",
    "shared_data_offered", "no_sharing_reason", "interim_superior_doc", "interim_government_doc", "interim_fund_source",
    "suspended_from",
)  # fmt: skip
INSERT = f"""INSERT INTO projects_project (jurisdiction_id, department_id, created_by_id, created_at, number, pack_code, name, kind,
origin, plan_year, categories, public_facilities, investment, investment_source, filed_on, state, ledger_head, ledger_length,
{", ".join(TEXTS)})
SELECT %s, %s + n %% 40, %s, now(), 'B-' || n, 'yueqing-2015', '项目' || n, '新建', '年度申报', 2020 + n %% 7, '[]', '[]',
(n * 7919) %% 9000000, '申报概算', current_date, (array['filed','endorsed','budgeted','building','in_service'])[1 + n %% 5],
'h', 1, {", ".join(["''"] * len(TEXTS))} FROM generate_series(1, %s) n"""  # noqa: S608


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
