"""Here: the checklist as the review page shows it: five criteria, each item with what was filed, typed and found wrong.

Not here: checking an opinion (forms/opinion.py, packs), the page.
"""

from dataclasses import dataclass, field

from policies.verdicts import Verdict
from reviews import phrases
from reviews.checklist import beside
from reviews.criteria import CLAUSES, CONCLUSIONS, CRITERIA, ITEMS

COLUMNS = ("conclusion", "basis", "remark")
FAMILIES = ("preliminary_opinion", "scheme_opinion")


@dataclass
class Item:
    """One sub-item: its place in the table, its clause, what the filing says, what was typed, what is wrong."""

    code: str
    at: int
    title: str
    rule: str
    says: str
    filed: list[str]
    values: dict[str, str]
    phrases: list[phrases.Phrase]
    wants_basis: bool
    errors: list[str] = field(default_factory=list)

    @property
    def target(self) -> str:
        """The name of the field that phrases go into."""
        return f"checklist-{self.at}-remark"

    @property
    def choices(self) -> list[tuple[str, bool]]:
        """Each conclusion, and whether it is the one given."""
        return [(value, value == self.values["conclusion"]) for value, _ in CONCLUSIONS]


def criteria(project, typed: list[dict], verdicts: tuple[Verdict, ...] = (), row_form=None, only=tuple(ITEMS)) -> list[dict]:
    """The criteria with the items of this opinion. `typed` are the rows so far; `row_form` has them checked cell by cell."""
    given = {row.get("item"): row for row in typed if isinstance(row, dict)}
    offered, filed, rules = phrases.offered(project), beside(project), project.pack.by_id
    basis = with_basis(project.pack)
    items = [
        Item(
            code=code,
            at=at,
            title=title.partition(":")[2],
            rule=CLAUSES[code],
            says=rules[CLAUSES[code]].says,
            filed=filed.get(code, []),
            values={name: str(given.get(code, {}).get(name) or "") for name in COLUMNS},
            phrases=offered[code],
            wants_basis=code in basis or bool(given.get(code, {}).get("basis")),
            errors=[*_cells(given.get(code), row_form), *_refusals(code, verdicts)],
        )
        for at, (code, title) in enumerate((each, ITEMS[each]) for each in only)
        if CLAUSES[code] in rules
    ]
    groups = [
        {"number": number, "title": title, "items": [item for item in items if item.code[0] == number]}
        for number, title in CRITERIA.items()
    ]
    return [group for group in groups if group["items"]]


def with_basis(pack) -> set[str]:
    """Items for which a rule of the pack asks what was relied on."""
    facts = {
        each.fact
        for rule in pack.rules
        for check in rule.checks
        for condition in check.require
        for each in (condition, *condition.any)
    }
    return {code for code in ITEMS if any(f"{family}.{code}_basis" in facts for family in FAMILIES)}


def _cells(row: dict | None, row_form) -> list[str]:
    """What is wrong with the cells of a row."""
    if row is None or row_form is None:
        return []
    return [text for texts in row_form(data=row).errors.values() for text in texts]


def _refusals(code: str, verdicts: tuple[Verdict, ...]) -> list[str]:
    """The refusals that are about this item: a comparison asks for one of its columns, or lists it."""
    return list(dict.fromkeys(verdict.reason for verdict in verdicts if verdict.blocks and code in concerned(verdict)))


def concerned(verdict: Verdict) -> set[str]:
    """The items that a refusal is about."""
    found = set()
    for comparison in verdict.comparisons:
        family, _, name = comparison.fact.partition(".")
        if family not in FAMILIES or comparison.holds:
            continue
        if name in ("missing", "unexplained"):
            found.update(comparison.actual or ())
        elif name.partition("_")[0] in ITEMS:
            found.add(name.partition("_")[0])
    return found
