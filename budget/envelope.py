"""Here: 可用财力 of a year against what is arranged. Not here: the yearly table (annual.py), judging (packs)."""

from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, Exists, F, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value, When

from budget.lock import refuse_when_locked
from budget.models import Allocation, BudgetSheet, FiscalEnvelope, PlanPosition
from budget.sheets import FINANCE, current_sheets
from organizations import audit, clock
from organizations.models import Jurisdiction
from organizations.roles import office_roles
from projects import events
from projects.errors import Invalid
from projects.models import Project, ProjectFlag
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


def arranged(jurisdiction_id: int, year: int) -> Decimal:
    """市级 money arranged for the year in 元.

    A terminated project still counts with what was arranged for it: the hint would rather come too soon than too late.
    """
    return _arrangements(jurisdiction_id, year).aggregate(total=Sum("amount"))["total"] or ZERO


def _arrangements(jurisdiction_id: int, year: int) -> QuerySet[Allocation]:
    return Allocation.objects.filter(year=year, source=Allocation.CITY, record__in=counted_sheets(jurisdiction_id))


def beyond(jurisdiction_id: int, year: int) -> dict[int, Decimal]:
    """Sheets whose own arrangement goes beyond the year's 可用财力, with the excess in 元; none while that is unknown.

    Added up in the plan's order: finance's places first, then by priority, then as they came (as budget.plan has it).
    """
    limit = available(jurisdiction_id, year)
    if limit is None:
        return {}
    running, over = ZERO, {}
    for sheet, amount in _in_order(jurisdiction_id, year):
        running += amount
        if running > limit:
            over[sheet] = running - limit
    return over


def _in_order(jurisdiction_id: int, year: int) -> QuerySet:
    """(sheet, what it takes of the year) in the plan's order."""
    places = PlanPosition.objects.filter(project=OuterRef("record__project"), year=year)
    ranks = [When(record__priority=priority, then=Value(at)) for at, (priority, _) in enumerate(BudgetSheet.PRIORITIES)]
    rows = _arrangements(jurisdiction_id, year).annotate(
        place=Subquery(places.values("position")[:1]), rank=Case(*ranks, output_field=IntegerField())
    )
    order = F("place").asc(nulls_last=True), "rank", "record_id", "id"
    return rows.order_by(*order).values_list("record_id", "amount")


def years_of(sheet: BudgetSheet) -> list[int]:
    """The years for which the sheet takes the city's own money."""
    rows = sheet.allocations.filter(source=Allocation.CITY, amount__gt=0)
    return sorted(set(rows.values_list("year", flat=True)))


def refresh_neighbours(jurisdiction_id: int, years: list[int], except_for: int | None = None) -> None:
    """Raise and clear the flags of other projects that share these years, each in its own transaction."""
    sheets = counted_sheets(jurisdiction_id).exclude(project_id=except_for)
    sharing = sheets.filter(allocations__source=Allocation.CITY, allocations__year__in=years).distinct()
    flagged = ProjectFlag.objects.filter(project=OuterRef("project"), cleared_on=None)
    over = {sheet for year in years for sheet in beyond(jurisdiction_id, year)}
    for sheet, project, has_flags in list(sharing.values_list("pk", "project_id", Exists(flagged))):
        if has_flags or sheet in over:
            with transaction.atomic():
                refresh_flags(Project.objects.select_for_update(of=("self",)).get(pk=project))
