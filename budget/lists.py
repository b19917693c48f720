"""Here: lists that finance and the governing office watch. Not here: their pages and files (reports)."""

from django.db.models import Q, QuerySet

from budget.models import Payment
from organizations.models import Jurisdiction, Organization
from policies.loader import load
from projects.models import Project
from projects.states import CLOSED, State

LIVE_SYSTEM = (State.IN_SERVICE, State.EVALUATED)


def early_payments(jurisdiction: Jurisdiction) -> QuerySet[Payment]:
    """监督清单: every 建设资金 payment made before acceptance, for good (YQ-3.7-11)."""
    rows = Payment.objects.filter(project__jurisdiction=jurisdiction, voided_at=None)
    return rows.filter(kind=Payment.CONSTRUCTION, before_acceptance=True).select_related("project__department")


def units_without_operations(jurisdiction: Jurisdiction, year: int) -> list[tuple[Organization, list[Project]]]:
    """Units with live systems that have not declared 运行维护 for the year, each with those systems (YQ-3.1-5)."""
    building = load(jurisdiction.pack).construction_kinds
    of_year = Q(plan_year=year) | Q(plan_year=None, filed_on__year=year)
    declared = Project.objects.filter(of_year, jurisdiction=jurisdiction).exclude(kind__in=building)
    declared = declared.exclude(state__in=(State.DRAFT, *CLOSED))
    live = Project.objects.filter(jurisdiction=jurisdiction, state__in=LIVE_SYSTEM, kind__in=building)
    live = live.exclude(department__in=declared.values("department")).select_related("department")
    units: dict[Organization, list[Project]] = {}
    for system in live.order_by("department__name", "number"):
        units.setdefault(system.department, []).append(system)
    return list(units.items())
