"""Here: a tender document beside what was approved, what other documents hold and its former version. Not here: pages, judging."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from procurement.comparison import Item, Row, Wanted, compare, normal, tender_rows
from procurement.models import ApplicationLine, TenderDocument, TenderItem
from procurement.records import live_applications, valid
from reviews.baseline import approved_items

UNIT = "单位不同"


@dataclass(frozen=True)
class Line:
    """One item: what the tender should hold, what it holds, and the amounts in 元 (None where nothing is set aside)."""

    row: Row
    approved: Decimal | None
    budget: Decimal | None

    @property
    def differences(self) -> list[str]:
        """Short words; the unit counts too, for people to look at."""
        wanted, found = self.row.wanted, self.row.found
        other_unit = wanted and found and normal(wanted.unit) != normal(found.unit)
        return [*self.row.differences, *([UNIT] if other_unit else [])]


@dataclass(frozen=True)
class Sum:
    """An approved item and how much of it all current documents hold together."""

    item: Wanted
    tendered: Decimal
    exceeds: bool

    @property
    def left(self) -> Decimal:
        """What may still be tendered; negative when too much is."""
        return self.item.quantity - self.tendered


def documents(project) -> list[TenderDocument]:
    """Valid documents, newest first, each with what was concluded on it as `concluded` (None: not reviewed)."""
    found = list(valid(TenderDocument, project).select_related("application", "file").prefetch_related("reviews"))
    for document in found:
        newest = max((each for each in document.reviews.all() if each.voided_at is None), key=_pk, default=None)
        document.concluded = newest
    return found


def _pk(record) -> int:
    return record.pk


def lines(document: TenderDocument) -> list[Line]:
    """Every item of the document and every item it lacks."""
    approved = _amounts(approved_items(document.project), "amount")
    budget = _amounts(ApplicationLine.objects.filter(record=document.application), "budget_amount")
    return [Line(row, approved.get(_key(row)), budget.get(_key(row))) for row in tender_rows(document)]


def _amounts(items: Iterable, column: str) -> dict[tuple[str, str], Decimal]:
    total: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for item in items:
        total[normal(item.name), normal(item.specification)] += getattr(item, column)
    return total


def _key(row: Row) -> tuple[str, str]:
    item = row.wanted or row.found
    return normal(item.name), normal(item.specification)


def sums(project) -> list[Sum]:
    """Approved items beside the newest documents of all applications that were not returned (YQ-3.5-2, YQ-3.5-7)."""
    newest: dict[int, int] = {}
    mine = TenderDocument.objects.filter(project=project, voided_at=None, application__in=live_applications(project))
    for application, pk in mine.order_by("version").values_list("application_id", "pk"):
        newest[application] = pk
    items = TenderItem.objects.filter(record__in=newest.values()).order_by("record_id", "position", "id")
    rows = compare(approved_items(project), items, part=True)
    held = [(row.wanted, row.found.quantity if row.found else Decimal(0)) for row in rows if row.wanted]
    return [Sum(item, tendered, tendered > item.quantity) for item, tendered in held]


def former(document: TenderDocument) -> TenderDocument | None:
    """The version before this one, of the same application."""
    earlier = TenderDocument.objects.filter(
        application=document.application, voided_at=None, version__lt=document.version
    )
    return earlier.order_by("-version").first()


def changes(before: Iterable[Item], after: Iterable[Item]) -> list[Row]:
    """Items that are not the same in two versions."""
    return [row for row in compare(before, after) if row.differences]
