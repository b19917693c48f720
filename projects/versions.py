"""Here: keeping what was submitted, and what differs between two submissions. Not here: pages (views/versions.py).

The content of a version is plain data: `fields` by name, `funding` and `estimate` as lists of lines, `materials` as the
newest final answer of every slot. Amounts are text to the fen.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db import models

from organizations import clock
from policies.verdicts import plain, words
from projects.forms import ESTIMATE_COLUMNS, FILING_FIELDS, FUNDING_COLUMNS
from projects.models import EstimateLine, FilingVersion, FundingLine, Project

ADDED, REMOVED, CHANGED = "新增", "删除", "修改"
ROWS = {"estimate": (EstimateLine, ESTIMATE_COLUMNS), "funding": (FundingLine, FUNDING_COLUMNS)}
EMPTY, NOTHING = "未填", "—"


def content_of(project) -> dict:
    """The filing as it stands now, with its lines and documents."""
    return {
        "fields": {name: _plain(getattr(project, name)) for name in FILING_FIELDS},
        **{
            name: [
                {column: _plain(getattr(line, column)) for column in columns} for line in getattr(project, name).all()
            ]
            for name, (_, columns) in ROWS.items()
        },
        "materials": _materials(project),
    }


def _plain(value):
    return str(value) if isinstance(value, models.Model) else plain(value)


def _materials(project) -> list[dict]:
    newest = {each.code: each for each in project.materials.select_related("attachment").order_by("version")}
    return [
        {
            "code": code,
            "version": each.version,
            "status": each.status,
            "name": each.attachment.name if each.attachment else "",
            "sha256": each.attachment.sha256 if each.attachment else "",
        }
        for code, each in sorted(newest.items())
    ]


def keep(project, passage, actor) -> FilingVersion:
    """Store what this submission hands in. Call inside the transaction of the move."""
    return FilingVersion.objects.create(
        project=project,
        number=project.versions.count() + 1,
        passage=passage.number,
        made_at=clock.now(),
        made_by=actor,
        content=content_of(project),
    )


@dataclass(frozen=True)
class Change:
    """A field, a line or a document that is not the same: what stood before and after, in words."""

    part: str
    label: str
    kind: str
    before: str
    after: str


@dataclass(frozen=True)
class Cell:
    """A column of a line on both sides; a side where the line does not stand is empty."""

    label: str
    before: str
    after: str
    numeric: bool

    @property
    def differs(self) -> bool:
        """Whether both sides hold something else."""
        return bool(self.before and self.after and self.before != self.after)

    @property
    def blank(self) -> bool:
        """Whether neither side holds anything."""
        return {self.before, self.after} <= {"", NOTHING}


@dataclass(frozen=True)
class LineChange:
    """A line that was added, removed or changed; `by` is 元 more or less."""

    name: str
    kind: str
    cells: tuple[Cell, ...]
    before: Decimal | None
    after: Decimal | None

    @property
    def by(self) -> Decimal:
        """How much the amount grew, in 元."""
        return (self.after or Decimal(0)) - (self.before or Decimal(0))


@dataclass(frozen=True)
class Difference:
    """Everything that differs between two contents; all empty when they are the same."""

    fields: list[Change]
    estimate: list[LineChange]
    funding: list[LineChange]
    materials: list[Change]
    before: Decimal
    after: Decimal

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not (self.fields or self.estimate or self.funding or self.materials)

    @property
    def by(self) -> Decimal:
        """How much the sum of the estimate lines grew, in 元."""
        return self.after - self.before

    @property
    def less(self) -> Decimal:
        """How much that sum shrank, in 元."""
        return -self.by

    @property
    def parts(self) -> set[str]:
        """The parts that changed: field names, `estimate`, `funding`, `material:<code>`."""
        rows = {name for name, lines in (("estimate", self.estimate), ("funding", self.funding)) if lines}
        return rows | {each.part for each in (*self.fields, *self.materials)}


def difference(before: dict, after: dict, pack) -> Difference:
    """What changed from one content to the other, in words of this pack."""
    return Difference(
        fields=_fields(before["fields"], after["fields"]),
        estimate=_lines("estimate", before["estimate"], after["estimate"]),
        funding=_lines("funding", before["funding"], after["funding"]),
        materials=_documents(before["materials"], after["materials"], pack),
        before=_sum(before["estimate"]),
        after=_sum(after["estimate"]),
    )


def changed_parts(project, since: int) -> set[str] | None:
    """The parts that changed from the submission with this ledger number to the newest one; None when either is not kept."""
    kept = list(project.versions.filter(passage__gte=since).order_by("number"))
    if not kept or kept[0].passage != since:
        return None
    return difference(kept[0].content, kept[-1].content, project.pack).parts


def _fields(before: dict, after: dict) -> list[Change]:
    found = []
    for name in FILING_FIELDS:
        old, new = before.get(name), after.get(name)
        if old != new:
            field = Project._meta.get_field(name)
            found.append(Change(name, str(field.verbose_name), CHANGED, in_words(field, old), in_words(field, new)))
    return found


def in_words(field: models.Field, value, empty: str = EMPTY) -> str:
    """A stored value as people read it; what was left empty says so."""
    if value in (None, "", []):
        return empty
    return words(Decimal(value)) if isinstance(field, models.DecimalField) else words(value)


def _lines(name: str, before: list[dict], after: list[dict]) -> list[LineChange]:
    pairs = _pairs(before, after, "name" if name == "estimate" else "source")
    found = [_line_change(name, old, new) for old, new in pairs if old != new]
    idle = {at for at, column in enumerate(zip(*(line.cells for line in found), strict=True)) if _all_blank(column)}
    return [replace(line, cells=tuple(cell for at, cell in enumerate(line.cells) if at not in idle)) for line in found]


def _all_blank(column: Iterable[Cell]) -> bool:
    return all(cell.blank for cell in column)


def _pairs(before: list[dict], after: list[dict], key: str) -> Iterable[tuple[dict | None, dict | None]]:
    """Lines of the same name belong together, in their order; the rest stand alone."""
    left = list(before)
    for new in after:
        equal = next((old for old in left if old == new), None)
        old = equal or next((old for old in left if old[key] == new[key] and old not in after), None)
        if old is not None:
            left.remove(old)
        yield old, new
    yield from ((old, None) for old in left)


def _line_change(name: str, old: dict | None, new: dict | None) -> LineChange:
    model, columns = ROWS[name]
    cells = []
    for column in columns:
        field = model._meta.get_field(column)
        before, after = (in_words(field, line.get(column), NOTHING) if line else "" for line in (old, new))
        cells.append(Cell(str(field.verbose_name), before, after, isinstance(field, models.DecimalField)))
    kind = ADDED if old is None else REMOVED if new is None else CHANGED
    title = (new or old)["name" if name == "estimate" else "source"]
    amounts = [Decimal(line["amount"]) if line else None for line in (old, new)]
    return LineChange(title, kind, tuple(cells), *amounts)


def _documents(before: list[dict], after: list[dict], pack) -> list[Change]:
    old, new = ({each["code"]: each for each in side} for side in (before, after))
    names = {spec.code: spec.name for spec in pack.materials}
    found = []
    for code in sorted(old.keys() | new.keys()):
        first, second = old.get(code), new.get(code)
        if first != second:
            kind = ADDED if first is None else REMOVED if second is None else CHANGED
            found.append(Change(f"material:{code}", names.get(code, code), kind, _document(first), _document(second)))
    return found


def _document(each: dict | None) -> str:
    if each is None:
        return "未提交"
    seal = f",SHA-256 {each['sha256'][:12]}…" if each["sha256"] else ""
    return f"第{each['version']}版 {each['status']} {each['name']}{seal}".replace("  ", " ")


def _sum(lines: list[dict]) -> Decimal:
    return sum((Decimal(line["amount"]) for line in lines), Decimal("0.00"))
