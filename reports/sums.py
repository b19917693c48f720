"""Here: sums of the kept tallies by group, and by filter. Not here: keeping them (rollups.py), pages."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Aggregate, Count, QuerySet, Sum

from reports.chain import FIGURES, ZERO
from reports.hints import OVER
from reports.models import ProjectFigures, Tally

CENT = Decimal("0.01")
KNOWN = tuple(f"{name}_known" for name in FIGURES)
MEASURES = ("projects", *FIGURES, *KNOWN, *(hint.code for hint in OVER))


@dataclass(frozen=True)
class Figure:
    """A sum in 元 and of how many projects the amount is known; the sum is None where it is known of none."""

    name: str
    total: Decimal | None
    known: int

    @property
    def label(self) -> str:
        """What people call it."""
        return FIGURES[self.name]


@dataclass(frozen=True)
class Group:
    """What belongs together: the value that filters for it, its name, its projects, its figures in the chain's order."""

    value: str
    label: str
    projects: int
    figures: tuple[Figure, ...]

    def total(self, name: str) -> Decimal | None:
        """One of the sums."""
        return next(figure.total for figure in self.figures if figure.name == name)


def added(tallies: QuerySet[Tally], *keys: str, **more: Aggregate) -> QuerySet:
    """Rows for `cells`: the sum of every measure by these keys, and of more."""
    totals = {f"sum_{name}": Sum(name) for name in MEASURES}
    return tallies.order_by().values(*keys).annotate(**totals, **more)


def counted(figures: QuerySet[ProjectFigures], *keys: str) -> QuerySet:
    """The same from the amounts of each project."""
    totals = {"sum_projects": Count("pk")} | {f"sum_{name}": Sum(name) for name in FIGURES}
    totals |= {f"sum_{name}_known": Count(name) for name in FIGURES}
    totals |= {f"sum_{hint.code}": Count("pk", filter=hint.condition()) for hint in OVER}
    return figures.order_by().values(*keys).annotate(**totals)


def cells(rows: QuerySet) -> list[dict]:
    """The keys and measures of each row, those of no project left out. One query."""
    return [cell for cell in map(as_cell, rows) if cell["projects"]]


def as_cell(row: dict) -> dict:
    """A row of sums under the plain names of its measures, amounts to the fen; no row to sum is 0."""
    cell = {name.removeprefix("sum_"): value or 0 if name.startswith("sum_") else value for name, value in row.items()}
    return cell | {name: Decimal(cell[name]).quantize(CENT) for name in FIGURES}


def fold(found: Iterable[dict], key: Callable[[dict], tuple[str, str]]) -> list[Group]:
    """Sum cells by (value, label), in the order in which they first come."""
    piles: dict[tuple[str, str], list[dict]] = {}
    for cell in found:
        piles.setdefault(key(cell), []).append(cell)
    return [_group(value, label, pile) for (value, label), pile in piles.items()]


def _group(value: str, label: str, pile: list[dict]) -> Group:
    return Group(value, label, sum(cell["projects"] for cell in pile), tuple(_figure(name, pile) for name in FIGURES))


def _figure(name: str, pile: list[dict]) -> Figure:
    known = sum(cell[f"{name}_known"] for cell in pile)
    return Figure(name, sum((cell[name] for cell in pile), ZERO) if known else None, known)


def whole(found: list[dict]) -> Group:
    """Everything in one."""
    return _group("", "合计", found)
