"""Here: `python -m bench [list|pages|all|jobs|papers|drawing|excel|sweep|dashboard] [--rows N] [--count N] [--json]`.

list: the project list over REST against the same rows read and serialised bare, both sides interleaved.
pages: time to first byte, queries and bytes of the inbox and other pages.
dashboard: the budget dashboard from the kept sums, beside the bare sum and the same figures from the raw rows.
sweep: the daily round over N open clocks, 3.6% of them late, beside the bare statements.
excel: N rows of 20 columns as a workbook, ours beside bare writers, its totals recalculated by LibreOffice.
jobs: trivial jobs done by two workers, then again with kill -9 of one in the middle.
papers: papers drawn by two workers against WeasyPrint alone on the same HTML, then with kill -9.
drawing: a short paper drawn by us and naively, each in a process without the house: time and memory.
Starts a private PostgreSQL, for list and pages filled with N projects (default 100,000), for jobs and papers a Redis.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
from time import perf_counter

SAMPLES, WARM = 200, 20
WHAT = ["list", "pages", "all", "jobs", "papers", "drawing", "excel", "sweep", "dashboard"]


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", nargs="?", choices=WHAT, default="all")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--count", type=int, default=500, help="of jobs or papers")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if asked.what in ("jobs", "papers"):
        return background(asked)
    if asked.what == "drawing":
        from bench import drawing

        sys.stdout.write(json.dumps(drawing.measure()) + "\n")
        return 0
    django_on_postgres()
    from bench import pages
    from bench.listing import fill, sides

    user, report = fill(asked.rows), {"rows": asked.rows}
    if asked.what == "excel":
        from bench import excel

        report["excel"] = excel.measure(asked.rows)
        sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n" if asked.json else excel.in_words(report["excel"]))
        return 0
    if asked.what == "sweep":
        from bench import sweep

        sys.stdout.write(json.dumps(sweep.measure(user), ensure_ascii=False) + "\n")
        return 0
    if asked.what == "dashboard":
        from bench import dashboard

        found = dashboard.measure(user)
        sys.stdout.write((json.dumps(found) if asked.json else dashboard.in_words(found)) + "\n")
        return 0
    if asked.what != "pages":
        limit, product, queries = sides(user)
        report["list"] = {"samples": SAMPLES, "queries": queries, **compare(limit, product)}
    if asked.what != "list":
        report["pages"] = pages.measure(user)
    sys.stdout.write(json.dumps(report) + "\n" if asked.json else in_words(report))
    return 0


def background(asked: argparse.Namespace) -> int:
    """What workers do, on a real broker."""
    django_on_postgres(broker=True)
    from bench import marks, papering

    report = (marks if asked.what == "jobs" else papering).measure(asked.count)
    lines = [f"{name}: {value}" for name, value in report.items()]
    sys.stdout.write(json.dumps(report) + "\n" if asked.json else "\n".join(lines) + "\n")
    return 0


def django_on_postgres(*, broker: bool = False) -> None:
    """A throw-away database with the schema, and a throw-away broker if wanted."""
    from tests.services import start_postgres, start_redis

    if broker:
        os.environ["REDIS_URL"] = start_redis()
    os.environ.update(EGOV_ENV="test", EGOV_VAR=tempfile.mkdtemp(), LOG_LEVEL="ERROR", DATABASE_URL=start_postgres())
    os.environ["DJANGO_SETTINGS_MODULE"] = "egov_projects.settings"
    import django
    import psycopg
    from django.core.management import call_command
    from django.db import connection

    with psycopg.connect(host=connection_host(), user="postgres", dbname="postgres", autocommit=True) as server:
        server.execute("CREATE DATABASE egov")
    django.setup()
    if broker:  # tables at once: no index that only a migration makes matters there
        from django.apps import apps
        from django.conf import settings

        settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    call_command("migrate", verbosity=0, run_syncdb=True)
    connection.ensure_connection()


def connection_host() -> str:
    """The socket folder in DATABASE_URL."""
    return os.environ["DATABASE_URL"].partition("host=")[2]


def compare(limit, product) -> dict:
    """p50 of both sides in milliseconds, sample by sample in turn, and the ratio."""
    for _ in range(WARM):
        limit(), product()
    bare, ours = [], []
    for _ in range(SAMPLES):
        bare.append(timed(limit))
        ours.append(timed(product))
    low, high = statistics.median(bare), statistics.median(ours)
    return {"limit_ms": round(low, 3), "list_ms": round(high, 3), "ratio": round(high / low, 2)}


def timed(call) -> float:
    """Milliseconds of one call."""
    start = perf_counter()
    call()
    return (perf_counter() - start) * 1000


def in_words(report: dict) -> str:
    """A line for each measurement."""
    lines = [f"with {report['rows']:,} projects:"]
    if found := report.get("list"):
        lines.append(
            f"list: bare {found['limit_ms']} ms, REST {found['list_ms']} ms, ratio {found['ratio']} "
            f"({found['queries']} queries, p50 of {found['samples']})"
        )
    for path, page in report.get("pages", {}).items():
        lines.append(
            f"{path}: {page['p50_ms']} ms ({page['queries']} queries, {page['bytes']:,} bytes, {page['status']})"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
