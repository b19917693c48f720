"""Here: keeping each project's amounts and the tallies they add up to. Not here: comparing them with the raw rows (drift).

Whatever happens to a project, its amounts are read anew from the raw rows and the difference to what was counted last is
written beside them, in the same transaction: void, step back, change or refusal need no rule of their own.
"""

from decimal import Decimal
from functools import cache

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.dateparse import parse_date

from projects.models import Project
from projects.states import CLOSED, State
from reports.chain import FIGURES, with_chain
from reports.hints import OVER
from reports.models import ProjectFigures, Tally
from reports.sums import CENT, MEASURES

PLACE = ("jurisdiction_id", "department_id", "state", "kind", "year", "fiscal", "waiting_since")
AMOUNTS = (*FIGURES, "procurement", "paid_under_contract")
RAW = ("pk", *PLACE[:-1], *AMOUNTS, "approved_on")
Cells = dict[tuple, dict]
AT_ONCE = 20_000
ANY = -1  # the key that a statement is put into words for


def refresh(project_id: int) -> bool:
    """Count a project as its rows are now; whether anything changed. To be called in the transaction that changed them."""
    with transaction.atomic():
        kept = ProjectFigures.objects.select_for_update().filter(pk=project_id).first()  # before the rows are read
        now = _read(project_id)
        if same(kept, now):
            return False
        if now is None:
            kept.delete()
        else:
            now.save(force_insert=kept is None)
        add(difference(kept, now))
    return True


def raw_rows(projects: QuerySet[Project], *more: str) -> QuerySet:
    """What `as_figures` needs of these projects, from their raw rows, and these columns. One query."""
    return with_chain(projects).order_by("pk").values(*RAW, *more)


def _read(project_id: int) -> ProjectFigures | None:
    statement, params = _statement()
    with connection.cursor() as cursor:
        cursor.execute(statement, [project_id if value == ANY else value for value in params])
        row = cursor.fetchone()
    return as_figures(dict(zip(RAW, row, strict=True))) if row else None


@cache
def _statement() -> tuple[str, tuple]:
    """`raw_rows` of one project: the ORM takes ten times longer to put it into words than the database to answer."""
    return raw_rows(Project.objects.filter(pk=ANY)).query.sql_with_params()


def as_figures(row: dict) -> ProjectFigures | None:
    """The amounts as a raw row says, unsaved; a draft has none."""
    if row["state"] == State.DRAFT:
        return None
    amounts = {name: None if row[name] is None else Decimal(str(row[name])).quantize(CENT) for name in AMOUNTS}
    place = {name: row[name] for name in PLACE[:-1]}
    place["fiscal"] = None if row["fiscal"] is None else bool(row["fiscal"])
    waits = row["contracted"] is None and row["state"] not in CLOSED
    place["waiting_since"] = parse_date(str(row["approved_on"])) if waits and row["approved_on"] else None
    return ProjectFigures(pk=row["pk"], **place, **amounts)


def same(one: ProjectFigures | None, other: ProjectFigures | None) -> bool:
    """Whether two say the same of a project."""
    if one is None or other is None:
        return one is other
    return all(getattr(one, name) == getattr(other, name) for name in (*PLACE, *AMOUNTS))


def difference(before: ProjectFigures | None, after: ProjectFigures | None) -> Cells:
    """What turns the sums with the one into the sums with the other, by place; equal measures are left out."""
    found: Cells = {}
    for sign, figures in ((-1, before), (1, after)):
        if figures is not None:
            sum_up(found, tuple(getattr(figures, name) for name in PLACE), _measures(figures), sign)
    return {place: measures for place, measures in found.items() if any(measures.values())}


def _measures(figures: ProjectFigures) -> dict:
    amounts = {name: getattr(figures, name) for name in AMOUNTS}
    found = {"projects": 1} | {name: amounts[name] or 0 for name in FIGURES}
    found |= {f"{name}_known": int(amounts[name] is not None) for name in FIGURES}
    return found | {hint.code: int(hint.is_about(amounts)) for hint in OVER}


def sum_up(cells: Cells, place: tuple, measures: dict, sign: int = 1) -> None:
    """Add these measures to the cell of a place."""
    cell = cells.setdefault(place, dict.fromkeys(MEASURES, 0))
    for name in MEASURES:
        cell[name] += sign * measures[name]


def add(cells: Cells, *, folded: bool = False) -> None:
    """Write rows that change the sums by this."""
    rows = [
        Tally(folded=folded, **dict(zip(PLACE, place, strict=True)), **measures) for place, measures in cells.items()
    ]
    Tally.objects.bulk_create(rows, batch_size=1000)


def fold() -> int:
    """Put one row in the place of many, unit by unit; how many rows fewer there are. Nobody has to wait for it."""
    fewer, fresh = 0, Tally.objects.filter(folded=False)
    for unit in list(fresh.order_by("department").values_list("department_id", flat=True).distinct()):
        while fresh.filter(department=unit).exists():
            fewer += _fold(unit)
    return fewer


@transaction.atomic
def _fold(unit: int) -> int:
    taken = Tally.objects.select_for_update().filter(department=unit).order_by("folded", "pk")
    rows = list(taken.values("pk", *PLACE, *MEASURES)[:AT_ONCE])
    cells: Cells = {}
    for row in rows:
        sum_up(cells, tuple(row[name] for name in PLACE), row)
    left = {place: measures for place, measures in cells.items() if any(measures.values())}
    Tally.objects.filter(pk__in=[row["pk"] for row in rows]).delete()
    add(left, folded=True)
    return len(rows) - len(left)
