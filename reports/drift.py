"""Here: comparing the kept sums with the raw rows, and making them anew. Not here: keeping them (rollups), the schedule."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Value

from organizations import clock
from organizations.models import Jurisdiction, Organization
from projects.models import Project
from projects.states import State
from reports.chain import FIGURES
from reports.hints import OVER
from reports.models import ProjectFigures, RollupCheck, Tally
from reports.rollups import AMOUNTS, PLACE, Cells, add, as_figures, difference, fold, raw_rows, refresh, same, sum_up
from reports.sums import added, as_cell, counted

CHUNK = 2000
SHOWN = 200
LABELS = {
    "projects": "项目数",
    **FIGURES,
    **{f"{name}_known": f"{label}已知的项目数" for name, label in FIGURES.items()},
}
LABELS |= {hint.code: f"“{hint.label}”的项目数" for hint in OVER}


@dataclass
class Drift:
    """What the kept sums lack of the raw rows, by place, and the projects whose amounts are not as last counted."""

    projects: int = 0
    cells: Cells = field(default_factory=dict)
    wrong: list[int] = field(default_factory=list)

    @property
    def found(self) -> bool:
        """Whether anything differs."""
        return bool(self.wrong) or any(any(measures.values()) for measures in self.cells.values())

    def words(self) -> list[str]:
        """A line for each measure of each place that differs."""
        names = dict(Organization.objects.values_list("pk", "name"))
        return [
            _line(names, place, name, lacking)
            for place, measures in sorted(self.cells.items(), key=lambda cell: str(cell[0]))
            for name, lacking in measures.items()
            if lacking
        ]


def _line(names: dict[int, str], place: tuple, name: str, lacking) -> str:
    _, unit, state, kind, year, *_ = place
    where = " · ".join([names.get(unit, str(unit)), State(state).label, kind, str(year or "未知年度")])
    return f"{where}:{LABELS[name]} {'少计' if lacking > 0 else '多计'} {abs(lacking)}"


def check(jurisdiction: Jurisdiction | None = None) -> Drift:
    """Compare everything, while others work: each comparison is one statement, which sees one moment of the database."""
    drift = Drift()
    for kept, raw in _pairs(jurisdiction):
        drift.projects += 1
        if not same(kept, raw):
            drift.wrong.append((raw or kept).pk)
            for place, measures in difference(kept, raw).items():
                sum_up(drift.cells, place, measures)
    for place, measures in _lacking(jurisdiction).items():
        sum_up(drift.cells, place, measures)
    return drift


def _of(model, jurisdiction: Jurisdiction | None) -> QuerySet:
    return model.objects.filter(jurisdiction=jurisdiction) if jurisdiction else model.objects.all()


def _pairs(jurisdiction: Jurisdiction | None) -> Iterator[tuple[ProjectFigures | None, ProjectFigures | None]]:
    """Each project's amounts as last counted and as they are, None where it is not or must not be counted."""
    names = ("pk", *PLACE, *AMOUNTS)
    projects = _of(Project, jurisdiction).filter(~Q(state=State.DRAFT) | Q(figures__isnull=False))
    for row in raw_rows(projects, *(f"figures__{name}" for name in names)).iterator(CHUNK):
        kept = {name: row[f"figures__{name}"] for name in names}
        yield ProjectFigures(**kept) if kept["pk"] else None, as_figures(row)


def _lacking(jurisdiction: Jurisdiction | None) -> Cells:
    """By place, what the tallies lack of the amounts last counted."""
    each = counted(_of(ProjectFigures, jurisdiction), *PLACE).annotate(sign=Value(1))
    kept = added(_of(Tally, jurisdiction), *PLACE).annotate(sign=Value(-1))
    cells: Cells = {}
    for row in map(as_cell, each.union(kept, all=True)):
        sum_up(cells, tuple(row[name] for name in PLACE), row, row["sign"])
    return {place: measures for place, measures in cells.items() if any(measures.values())}


def rebuild(jurisdiction: Jurisdiction | None = None) -> int:
    """Make the sums those of the raw rows, while others work; how many projects and places were put right."""
    mended = sum(iter(lambda: _fill(jurisdiction), 0))
    for pk in check(jurisdiction).wrong:
        with transaction.atomic():
            list(Project.objects.select_for_update().filter(pk=pk))  # whoever is at work on it counts it first
            mended += refresh(pk)
    with transaction.atomic():
        list(Jurisdiction.objects.select_for_update().order_by("pk"))  # one rebuild after the other
        lacking = _lacking(jurisdiction)
        add(lacking)
    fold()
    return mended + len(lacking)


@transaction.atomic
def _fill(jurisdiction: Jurisdiction | None) -> int:
    """Note down the amounts of projects that were never counted; those somebody is at work on count themselves."""
    never = (
        _of(Project, jurisdiction)
        .exclude(state=State.DRAFT)
        .filter(~Exists(ProjectFigures.objects.filter(pk=OuterRef("pk"))))
    )
    locked = list(never.order_by("pk").select_for_update(skip_locked=True).values_list("pk", flat=True)[:CHUNK])
    rows = raw_rows(Project.objects.filter(pk__in=locked))
    # Somebody may have counted one between our look for lacking figures and our lock: theirs are as good.
    return len(ProjectFigures.objects.bulk_create([as_figures(row) for row in rows], ignore_conflicts=True))


def compare() -> list[RollupCheck]:
    """Compare every place and keep the results for those who look after them; nothing is put right."""
    return [_compare(place) for place in Jurisdiction.objects.order_by("pk")]


def _compare(place: Jurisdiction) -> RollupCheck:
    drift = check(place)
    found = drift.words()[:SHOWN]
    return RollupCheck.objects.create(jurisdiction=place, at=clock.now(), projects=drift.projects, differences=found)


def last_differences(**place) -> int:
    """How many differences the last comparison of each place found; 0 where there was none yet."""
    last = RollupCheck.objects.filter(**place).order_by("jurisdiction").values("jurisdiction").annotate(last=Max("pk"))
    found = RollupCheck.objects.filter(pk__in=last.values("last")).values_list("differences", flat=True)
    return sum(map(len, found))
