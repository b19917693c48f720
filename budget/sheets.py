"""Here: finding the sheet that counts, who signed it, which approval covers it. Not here: sums of money (money.py)."""

from django.db.models import Exists, OuterRef, QuerySet

from budget.models import BudgetApproval, BudgetSheet, BudgetSignature
from projects.on_file import newest

FINANCE, GOV_OFFICE = "finance", "gov_office"
SIGNERS = (FINANCE, GOV_OFFICE)


def current_sheet(project) -> BudgetSheet | None:
    """The newest version that was not voided."""
    return newest(project, BudgetSheet)


def current_sheets(jurisdiction_id: int) -> QuerySet[BudgetSheet]:
    """The newest version of every project of a jurisdiction, in the order of arranging."""
    rows = BudgetSheet.objects.filter(voided_at=None)
    newer = rows.filter(project=OuterRef("project"), pk__gt=OuterRef("pk"))
    return rows.filter(~Exists(newer), project__jurisdiction_id=jurisdiction_id).order_by("id")


def signers_of(sheet: BudgetSheet | None) -> set[str]:
    """The offices that signed this very version (YQ-3.3-2)."""
    if sheet is None:
        return set()
    return set(BudgetSignature.objects.filter(sheet=sheet, voided_at=None).values_list("recorded_role", flat=True))


def current_approval(project) -> BudgetApproval | None:
    """The newest approval, whatever version it covers."""
    return newest(project, BudgetApproval)


def covering_approval(project) -> BudgetApproval | None:
    """The newest approval if it covers the newest version, else None."""
    approval, sheet = current_approval(project), current_sheet(project)
    return approval if approval and sheet and approval.sheet_id == sheet.pk else None


def declared_year(project) -> int | None:
    """The year that was declared for: the plan year, or the year of filing for an interim filing (YQ-3.1-5)."""
    return project.plan_year or (project.filed_on.year if project.filed_on else None)
