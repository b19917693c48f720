"""Here: the daily round over many open clocks against the bare statements that it consists of. Not here: timing of pages."""

from datetime import date, timedelta
from time import perf_counter

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from deadlines.models import Deadline, DeadlineMark
from deadlines.sweep import sweep
from desk.models import Notice
from organizations import clock
from organizations.models import User
from projects.instruments import set_parameter
from projects.models import Project

SHARE = 36  # of a thousand clocks are due
CLOCKS = """INSERT INTO deadlines_deadline (project_id, code, rule, label, who, starts_on, waits_from, within, unit,
remind_before, due_on, remind_on, provisional, stopped, status, trigger, met_by)
SELECT id, 'bench', 'YQ-3.5-5', '审核', 'centre', %(start)s, %(start)s, 20, 'days', 1,
CASE WHEN id %% 1000 < %(share)s THEN %(late)s ELSE %(due)s END, CASE WHEN id %% 1000 < %(share)s THEN %(late)s ELSE %(due)s END,
false, false, 'open', 'bench', '' FROM projects_project"""
MARKS = """INSERT INTO deadlines_deadlinemark (deadline_id, kind, due, made_on)
SELECT id, 'late', due_on, %(today)s FROM deadlines_deadline WHERE status = 'open' AND due_on < %(today)s ON CONFLICT DO NOTHING"""
LATE = "UPDATE deadlines_deadline SET status = 'late' WHERE status = 'open' AND due_on < %(today)s"
NOTICES = """INSERT INTO desk_notice ("to", project_id, event, rule, text, created_at, key)
SELECT 'office:' || p.jurisdiction_id || ':' || d.who, d.project_id, 'deadline.late', d.rule, d.label, now(), 'mark:' || m.id
FROM deadlines_deadlinemark m JOIN deadlines_deadline d ON d.id = m.deadline_id JOIN projects_project p ON p.id = d.project_id
WHERE m.made_on = %(today)s ON CONFLICT DO NOTHING"""


def measure(user: User) -> dict:
    """Milliseconds of the bare statements, of the round without and with escalation, and of the round repeated."""
    today = clock.today()
    given = {"today": today, "share": SHARE, "start": today - timedelta(days=30), "late": today - timedelta(days=10),
             "due": today + timedelta(days=10)}  # fmt: skip
    in_use(today)
    with connection.cursor() as cursor:
        cursor.execute(CLOCKS, given)
        cursor.execute("ANALYZE")
    bare = undone(lambda: run([MARKS, LATE, NOTICES], given))
    without = undone(lambda: sweep(today))
    superior(user)
    figures, first, queries = timed(lambda: sweep(today))
    again, second, _ = timed(lambda: sweep(today))
    return {
        "open": Deadline.objects.count(), "due": DeadlineMark.objects.count(), "notices": Notice.objects.count(),
        "bare_ms": bare, "sweep_ms": without, "ratio": round(without / bare, 2), "with_escalation_ms": first,
        "queries": queries, "swept": vars(figures), "again_ms": second, "again": vars(again),
    }  # fmt: skip


def in_use(today: date) -> None:
    """A house that has stood for years, and was swept yesterday."""
    oldest = Project.objects.order_by("pk").values_list("pk", flat=True).first()
    Project.objects.filter(pk=oldest).update(filed_on=today - timedelta(days=1000))
    sweep(today - timedelta(days=1))


def superior(user: User) -> None:
    """Let lateness be taken up after two working days."""
    from organizations.models import Office, Organization

    place = user.organization.jurisdiction
    unit = Organization.objects.create(jurisdiction=place, name="市府办", type="direct")
    Office.objects.create(jurisdiction=place, role="gov_office", organization=unit)
    officer = User.objects.create_user("bench-gov", password="x" * 12, organization=unit, display_name="gov")
    pack = Project.objects.first().pack
    set_parameter(pack, "escalation_days", 2, actor=officer, jurisdiction_id=place.pk, reason="bench")


def run(statements: list[str], given: dict[str, date | int]) -> None:
    """As they are."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, given)


def undone(act, times: int = 3) -> float:
    """The median of some runs, each undone, in milliseconds."""
    took = []
    for _ in range(times):
        with transaction.atomic():
            took.append(timed(act)[1])
            transaction.set_rollback(True)
    return sorted(took)[times // 2]


def timed(act) -> tuple[object, float, int]:
    """What came back, milliseconds, queries."""
    with CaptureQueriesContext(connection) as asked:
        start = perf_counter()
        found = act()
        took = round((perf_counter() - start) * 1000, 1)
    return found, took, len(asked)
