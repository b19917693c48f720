"""Here: how soon the inbox and other pages begin to answer with N projects on file. Not here: the list over REST (listing)."""

import statistics
from time import perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organizations.models import User

SAMPLES, WARM = 150, 10
PATHS = ("/", "/projects/", "/review/", "/deadlines/", "/search/?q=项目99", "/budget/")
DUTIES = """INSERT INTO desk_duty (project_id, holder, role, kind, name, label, since)
SELECT id, %s, 'centre', 'evidence', 'filing_receipt', '登记收件', current_date - (id %% 30)::int
FROM projects_project WHERE id %% 20 = 0"""
CLOCKS = """INSERT INTO deadlines_deadline (project_id, code, rule, label, who, starts_on, waits_from, within, unit,
remind_before, due_on, provisional, stopped, status, trigger, met_by)
SELECT id, 'bench', 'bench', '审核', 'centre', current_date - 30, current_date - 30, 20, 'days', 1,
current_date - 10 + (id / 20 % 30)::int, false, false, 'open', 'bench', '' FROM projects_project WHERE id % 20 = 0"""


def measure(user: User) -> dict[str, dict]:
    """p50 in milliseconds, queries and bytes by path, for an officer with a twentieth of all projects in the inbox."""
    from reports.drift import rebuild

    rebuild()
    with connection.cursor() as cursor:
        cursor.execute(DUTIES, [f"office:{user.organization.jurisdiction_id}:centre"])
        cursor.execute(CLOCKS)
        cursor.execute("ANALYZE")
    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    return {path: timed_page(client, path) for path in PATHS}


def timed_page(client: Client, path: str) -> dict:
    """One page, asked again and again."""
    samples = []
    for number in range(WARM + SAMPLES):
        start = perf_counter()
        answer = client.get(path)
        if number >= WARM:
            samples.append((perf_counter() - start) * 1000)
        if answer.status_code != 200 or sum(samples) > 30_000:
            break
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    figures = {
        "status": answer.status_code,
        "bytes": len(answer.content),
        "queries": len(asked),
        "samples": len(samples),
    }
    return {"p50_ms": round(statistics.median(samples), 1) if samples else None, **figures}
