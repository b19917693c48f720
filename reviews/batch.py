"""Here: the city-wide picture beside a review: the batch, who has no opinion yet. Not here: the opinion itself."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum

from projects.models import Project
from projects.states import CLOSED, State
from reviews import duplicates
from reviews.models import DuplicateCandidate, FilingReceipt, PreliminaryOpinion


@dataclass(frozen=True)
class Totals:
    """How many projects, for how much (元), with how many pairs that look alike."""

    projects: int
    total: Decimal
    candidates: int


def peers(project) -> QuerySet[Project]:
    """All filed projects of the batch; without a batch those of the jurisdiction for the same plan year (YQ-3.2-2)."""
    filed = Project.objects.filter(jurisdiction=project.jurisdiction).exclude(state__in=[State.DRAFT, *CLOSED])
    if project.batch_id:
        return filed.filter(batch_id=project.batch_id)
    return filed.filter(batch=None, plan_year=project.plan_year)


def totals(project) -> Totals:
    """The batch as it stands now."""
    rows = peers(project)
    inside = Q(first__in=rows) & Q(second__in=rows)
    return Totals(
        projects=rows.count(),
        total=rows.aggregate(total=Sum("declared_total"))["total"] or Decimal("0.00"),
        candidates=DuplicateCandidate.objects.filter(inside).count(),
    )


def overview(project) -> list[dict]:
    """A row per project of the batch for the review screen: unit, kind, categories, estimate, open duplicate pairs."""
    rows = list(peers(project).select_related("department").order_by("department__name", "number"))
    waiting = duplicates.open_counts([each.pk for each in rows])
    return [
        {
            "project": each,
            "unit": each.department.name,
            "kind": each.kind,
            "categories": each.categories,
            "declared_total": each.declared_total,
            "duplicates": waiting[each.pk],
        }
        for each in rows
    ]


def without_opinion(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Those accepted (受理) and still without an opinion on the same filing: 未出意见 (YQ-3.2-3)."""
    this = {"project": OuterRef("pk"), "voided_at": None, "filing_number": OuterRef("filing_passage")}
    filings = Project.objects.filter(pk=OuterRef("pk"), passages__move="file").order_by("-passages__number")
    newest = Subquery(filings.values("passages__number")[:1])
    return (
        projects.filter(state=State.FILED)
        .annotate(filing_passage=newest)
        .filter(
            Exists(FilingReceipt.objects.filter(outcome=FilingReceipt.ACCEPTED, **this)),
            ~Exists(PreliminaryOpinion.objects.filter(**this)),
        )
    )
