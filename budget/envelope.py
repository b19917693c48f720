"""Here: 可用财力 of a year against what is arranged. Not here: the yearly table (annual.py), judging (packs)."""

from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When

from budget.lock import refuse_when_locked
from budget.models import Allocation, BudgetSheet, FiscalEnvelope, PlanPosition
from budget.sheets import FINANCE, current_sheets
from organizations import audit, clock
from organizations.models import Jurisdiction
from organizations.roles import office_roles
from projects import events
from projects.errors import Invalid
from projects.models import Project
from projects.standing import refresh_flags
from projects.states import State

ZERO = Decimal("0.00")
NEVER_ARRANGED = (State.DRAFT, State.REJECTED, State.WITHDRAWN)


@transaction.atomic
def set_envelope(*, actor, jurisdiction: Jurisdiction, year: int, amount: Decimal, note: str = "") -> FiscalEnvelope:
    """Finance sets what the city can spend in a year, in 元 (YQ-3.3-1). Raises PermissionDenied, Invalid, Closed."""
    if FINANCE not in office_roles(actor, jurisdiction.pk):
        raise PermissionDenied("可用财力由财政局登记")
    if (
        not isinstance(amount, Decimal)
        or not amount.is_finite()
        or amount < 0
        or amount != amount.quantize(Decimal("0.01"))
    ):
        raise Invalid("请按提示修改。", {"amount": [{"message": "请填写金额(元),最多到分。", "code": "invalid"}]})
    refuse_when_locked(jurisdiction.pk, year)
    row = FiscalEnvelope.objects.create(
        jurisdiction=jurisdiction, year=year, amount=amount, note=note, set_by=actor, set_at=clock.now()
    )
    audit.record(actor, "envelope.set", target=f"{jurisdiction.code} {year}", amount=str(amount))
    events.happened("envelope", project=None, actor=actor, record=row)
    return row


def available(jurisdiction_id: int, year: int) -> Decimal | None:
    """可用财力 of the year in 元; None while finance has not set it."""
    row = FiscalEnvelope.objects.filter(jurisdiction_id=jurisdiction_id, year=year).first()
    return row.amount if row else None


def counted_sheets(jurisdiction_id: int) -> QuerySet[BudgetSheet]:
    """Sheets whose arrangements count, in the order they were made; rejected and withdrawn projects drop out."""
    return current_sheets(jurisdiction_id).exclude(project__state__in=NEVER_ARRANGED)


def arranged(jurisdiction_id: int, year: int, *, until: BudgetSheet | None = None) -> Decimal:
    """市级 money arranged for the year in 元, down to and including one sheet in the plan's order, or all.

    A terminated project still counts with what was arranged for it: the hint would rather come too soon than too late.
    """
    rows = Allocation.objects.filter(year=year, source=Allocation.CITY, record__in=counted_sheets(jurisdiction_id))
    if until is not None:
        rows = rows.filter(record__in=_down_to(until, year))
    return rows.aggregate(total=Sum("amount"))["total"] or ZERO


def _down_to(sheet: BudgetSheet, year: int) -> QuerySet[BudgetSheet]:
    """The sheet and those before it: finance's order first, then priority, then as they came (as budget.plan has it)."""
    places = PlanPosition.objects.filter(project=OuterRef("project"), year=year)
    ranks = [When(priority=priority, then=Value(at)) for at, (priority, _) in enumerate(BudgetSheet.PRIORITIES)]
    rows = counted_sheets(sheet.project.jurisdiction_id).annotate(
        place=Subquery(places.values("position")[:1]), rank=Case(*ranks, output_field=IntegerField())
    )
    own = rows.filter(pk=sheet.pk).values("place", "rank").first()
    if own is None:
        return rows.filter(pk__lte=sheet.pk).values("pk")
    if own["place"] is not None:
        return rows.filter(place__lte=own["place"]).values("pk")
    by_rank = Q(rank__lt=own["rank"]) | Q(rank=own["rank"], pk__lte=sheet.pk)
    return rows.filter(Q(place__isnull=False) | by_rank).values("pk")


def excess(sheet: BudgetSheet, year: int) -> Decimal:
    """By how much this sheet's own arrangement goes beyond the year's 可用财力; 0.00 within it or while it is unknown."""
    limit = available(sheet.project.jurisdiction_id, year)
    if limit is None:
        return ZERO
    return max(arranged(sheet.project.jurisdiction_id, year, until=sheet) - limit, ZERO)


def years_of(sheet: BudgetSheet) -> list[int]:
    """The years for which the sheet takes the city's own money."""
    rows = sheet.allocations.filter(source=Allocation.CITY, amount__gt=0)
    return sorted(set(rows.values_list("year", flat=True)))


def refresh_neighbours(jurisdiction_id: int, years: list[int], except_for: int | None = None) -> None:
    """Raise and clear the flags of other projects that share these years, each in its own transaction."""
    sheets = counted_sheets(jurisdiction_id).exclude(project_id=except_for)
    sharing = sheets.filter(allocations__source=Allocation.CITY, allocations__year__in=years).distinct()
    for sheet in sharing.select_related("project"):
        flagged = sheet.project.flags.filter(cleared_on=None).exists()
        if flagged or any(excess(sheet, year) for year in years_of(sheet)):
            with transaction.atomic():
                refresh_flags(Project.objects.select_for_update(of=("self",)).get(pk=sheet.project_id))
