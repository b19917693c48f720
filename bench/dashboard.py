"""Here: the budget dashboard from the kept sums beside the same figures from the raw rows. Not here: the other sides."""

import statistics
from collections.abc import Callable
from time import perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organizations.models import User
from projects.models import Project
from reports.chain import FIGURES, with_chain
from reports.dashboard import Dashboard
from reports.drift import check, rebuild
from reports.hints import OVER
from reports.models import Tally
from reports.sums import added, cells, counted

PAYMENTS = """INSERT INTO budget_payment (project_id, recorded_by_id, recorded_role, recorded_at, recorded_on,
void_reason, amount, kind, paid_on, payee, contract_ref, contract_clause, early_reason, note, before_acceptance)
SELECT id, %s, 'finance', now(), current_date, '', 1000.01, '设计费', current_date, '某公司', '', '', '', '', true
FROM projects_project, generate_series(1, 2) WHERE state IN ('building', 'in_service')"""
SAMPLES, WARM, FEW = 200, 20, 5
SUMS = ", ".join(f"sum({name}), sum({name}_known)" for name in FIGURES)
BARE = f"""SELECT state, department_id, sum(projects), {SUMS}, {", ".join(f"sum({hint.code})" for hint in OVER)}
FROM reports_tally WHERE jurisdiction_id = %s GROUP BY 1, 2"""  # noqa: S608


def measure(user: User) -> dict:
    """p50 of each side in milliseconds, sample by sample in turn; of the raw rows a few samples only."""
    found, (asked, raw, turns) = fill(user), sides(user)
    samples: dict[str, list[float]] = {name: [] for name in turns}
    for number in range(WARM + SAMPLES):
        for name, call in turns.items():
            took = timed(call)
            samples[name] += [took] if number >= WARM else []
    found |= {f"{name}_ms": round(statistics.median(took), 2) for name, took in samples.items()}
    return found | {"queries": asked, "raw_ms": round(statistics.median(timed(raw) for _ in range(FEW)), 1)}


def in_words(found: dict) -> str:
    """Two lines."""
    return (
        f"dashboard: raw rows {found['raw_ms']} ms; kept sums: bare {found['bare_ms']} ms, through the ORM "
        f"{found['figures_ms']} ms, page {found['page_ms']} ms ({found['queries']} queries, p50 of {SAMPLES})\n"
        f"sums of all projects: rebuilt in {found['rebuild_s']} s, checked in {found['check_s']} s, "
        f"{found['differences']} differences, {found['rows']} rows"
    )


def timed(call) -> float:
    """Milliseconds of one call."""
    start = perf_counter()
    call()
    return (perf_counter() - start) * 1000


def fill(user: User) -> dict:
    """Two payments for every project that is built, and the sums of all; how long that took and what a check finds."""
    with connection.cursor() as cursor:
        cursor.execute(PAYMENTS, [user.pk])
    start = perf_counter()
    rebuild()
    built = perf_counter()
    drift = check()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {
        "rebuild_s": round(built - start, 1),
        "check_s": round(perf_counter() - built, 1),
        "rows": Tally.objects.count(),
        "differences": len(drift.words()) + len(drift.wrong),
    }


def sides(user: User) -> tuple[int, Callable, dict[str, Callable]]:
    """Queries of the page; the figures from the raw rows; the bare sum of the tallies, the same by the ORM, the page."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    raw, place = connection.connection, user.organization.jurisdiction

    wanted = Dashboard(user, place, {}).wanted

    def figures():
        return cells(added(Tally.objects.filter(wanted), "state", "department_id"))

    def from_raw_rows():
        rows = with_chain(Project.objects.filter(jurisdiction=place).exclude(state="draft"))
        return list(counted(rows, "department_id", "state", "kind", "year"))

    def board():
        if (answer := client.get("/budget/")).status_code != 200:
            raise RuntimeError(answer.status_code)

    with CaptureQueriesContext(connection) as asked:
        board()
    bare = lambda: raw.execute(BARE, [place.pk]).fetchall()  # noqa: E731
    return len(asked), from_raw_rows, {"bare": bare, "figures": figures, "page": board}
