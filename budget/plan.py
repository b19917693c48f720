"""Here: the candidates of a year's plan in finance's order, against 可用财力. Not here: the arranged table (annual.py), pages."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from budget.envelope import NEVER_ARRANGED, available, counted_sheets
from budget.lock import only_finance, refuse_when_locked
from budget.models import Allocation, BudgetApproval, BudgetSheet, PlanPosition
from organizations import audit
from organizations.models import Jurisdiction
from projects import events
from projects.models import Project
from projects.states import State

ZERO = Decimal("0.00")
RANK = {priority: at for at, (priority, _) in enumerate(BudgetSheet.PRIORITIES)}
LAST = len(RANK)


@dataclass(frozen=True)
class Candidate:
    """A project that wants money in the year. Amounts in 元; None is unknown and does not enter the running total.

    `amount` is what its newest sheet takes of the city's own money in the year, `running` the total down to this row,
    `fits` whether that is within 可用财力 (None: one of the two is unknown).
    """

    project_id: int
    number: str
    name: str
    unit: str
    state: str
    place: int
    priority: str
    asked: Decimal | None
    reviewed: Decimal | None
    reasons: tuple[str, ...]
    amount: Decimal | None
    other: Decimal | None
    doc_no: str
    approved_on: date | None
    running: Decimal | None = None
    fits: bool | None = None

    @property
    def up(self) -> int:
        """The place before this one."""
        return self.place - 1

    @property
    def down(self) -> int:
        """The place after this one."""
        return self.place + 1

    @property
    def cut(self) -> Decimal | None:
        """Asked less reviewed."""
        return None if self.asked is None or self.reviewed is None else self.asked - self.reviewed


@dataclass(frozen=True)
class Workbench:
    """The candidates in order and what they come to; `line` is the place after which nothing fits, None without one."""

    year: int
    rows: tuple[Candidate, ...]
    available: Decimal | None

    @property
    def wanted(self) -> Decimal:
        """All known amounts together."""
        return sum((row.amount for row in self.rows if row.amount is not None), ZERO)

    @property
    def fitting(self) -> Decimal:
        """What fits."""
        return sum((row.amount for row in self.rows if row.fits), ZERO)

    @property
    def unknown(self) -> int:
        """Candidates whose amount nobody has said yet."""
        return sum(row.amount is None for row in self.rows)

    @property
    def line(self) -> int | None:
        """The first place beyond 可用财力."""
        return next((row.place for row in self.rows if row.fits is False), None)


def workbench(jurisdiction: Jurisdiction, year: int) -> Workbench:
    """The plan of a year. A constant number of queries."""
    limit, running, rows = available(jurisdiction.pk, year), ZERO, []
    for row in _candidates(jurisdiction, year):
        running += row.amount or ZERO
        known = row.amount is not None
        fits = running <= limit if known and limit is not None else None
        rows.append(replace(row, place=len(rows) + 1, running=running if known else None, fits=fits))
    return Workbench(year, tuple(rows), limit)


def _candidates(jurisdiction: Jurisdiction, year: int) -> list[Candidate]:
    """Projects planned for the year or with money arranged in it: placed ones first, then by priority, then as they came."""
    sheets = counted_sheets(jurisdiction.pk)
    arranged = sheets.filter(allocations__year=year).values("project")
    projects = Project.objects.filter(Q(plan_year=year) | Q(pk__in=arranged), jurisdiction=jurisdiction)
    projects = list(projects.exclude(state__in=NEVER_ARRANGED).select_related("department"))
    sheets = sheets.filter(project__in=projects).prefetch_related("lines", "allocations")
    by_project = {sheet.project_id: sheet for sheet in sheets}
    approvals = BudgetApproval.objects.filter(project__in=projects, voided_at=None).order_by("id")
    approved = {row.project_id: row for row in approvals}
    placed = dict(PlanPosition.objects.filter(project__in=projects, year=year).values_list("project", "position"))

    def key(project: Project) -> tuple:
        sheet = by_project.get(project.pk)
        place = placed.get(project.pk)
        rank = RANK.get(sheet.priority, LAST) if sheet else LAST
        return (place is None, place or 0, rank, sheet.pk if sheet else 0, project.pk)

    return [
        _candidate(project, by_project.get(project.pk), approved.get(project.pk), year)
        for project in sorted(projects, key=key)
    ]


def _candidate(project: Project, sheet: BudgetSheet | None, approval: BudgetApproval | None, year: int) -> Candidate:
    covered = approval if approval and sheet and approval.sheet_id == sheet.pk else None
    lines = sheet.lines.all() if sheet else ()
    return Candidate(
        project_id=project.pk, number=project.number, name=project.name, unit=project.department.name,
        state=State(project.state).label, place=0, priority=sheet.priority if sheet else "",
        asked=sheet.asked_total if sheet else project.declared_total,
        reviewed=sheet.reviewed_total if sheet else None,
        reasons=tuple(f"{line.name}:{line.cut_reason}" for line in lines if line.cut_reason),
        amount=_taken(sheet, year, own=True), other=_taken(sheet, year, own=False),
        doc_no=covered.doc_no if covered else "", approved_on=covered.approved_on if covered else None,
    )  # fmt: skip


def _taken(sheet: BudgetSheet | None, year: int, *, own: bool) -> Decimal | None:
    """What the sheet takes in the year of the city's own money, or of other money; None before it arranges anything."""
    rows = list(sheet.allocations.all()) if sheet else []
    if not rows:
        return None
    return sum((row.amount for row in rows if row.year == year and (row.source == Allocation.CITY) == own), ZERO)


@transaction.atomic
def place(*, actor, jurisdiction: Jurisdiction, year: int, project_id: int, to: int) -> int:
    """Finance puts a candidate at a place, 1 the first; all places are written anew. Returns the place it got.

    Raises PermissionDenied, Closed when the plan is locked, Project.DoesNotExist for what is no candidate.
    """
    only_finance(actor, jurisdiction.pk, "年度计划的次序")
    Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)  # one after the other
    refuse_when_locked(jurisdiction.pk, year)
    order = [row.project_id for row in _candidates(jurisdiction, year)]
    if project_id not in order:
        raise Project.DoesNotExist
    before = order.index(project_id) + 1
    to = min(max(to, 1), len(order))
    order.remove(project_id)
    order.insert(to - 1, project_id)
    rows = [PlanPosition(project_id=each, year=year, position=at) for at, each in enumerate(order, start=1)]
    PlanPosition.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["project", "year"], update_fields=["position"]
    )
    audit.record(
        actor, "plan.order", target=f"{jurisdiction.code} {year}", project_id=project_id, before=before, after=to
    )
    events.happened("plan_order", project=None, actor=actor, record=(jurisdiction.pk, year))
    return to
