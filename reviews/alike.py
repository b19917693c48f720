"""Here: two projects side by side, the alike parts of each text told apart. Not here: which pairs (duplicates.py), judging."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from policies.verdicts import words

LONGEST = 3000
SHORTEST = {"name": 2}
RUN = 4
TEXTS = ("name", "objective", "business_need", "shared_data_needed", "shared_data_offered")
VALUES = ("kind", "plan_year", "declared_total", "investment")
ORDER = ("name", "department", "kind", "plan_year", "categories", "declared_total", "investment", *TEXTS[1:])
UNKNOWN = "未填"
Segments = list[tuple[str, bool]]


@dataclass(frozen=True)
class Row:
    """One line of the comparison; segments are (text, alike)."""

    label: str
    mine: Segments
    theirs: Segments


def side_by_side(project, other) -> list[Row]:
    """Name, unit, kind, year, categories, amounts and descriptions of both, with what is alike."""
    return [_row(name, project, other) for name in ORDER]


def _row(name: str, project, other) -> Row:
    label = str(project._meta.get_field(name).verbose_name)
    mine, theirs = getattr(project, name), getattr(other, name)
    if name == "categories":
        return Row(label, _listed(mine, theirs), _listed(theirs, mine))
    if name == "department":
        mine, theirs = mine.name, theirs.name
    if name in TEXTS:
        run = SHORTEST.get(name, RUN)
        return Row(label, marked(mine, theirs, run), marked(theirs, mine, run))
    alike = mine == theirs and mine not in (None, "")
    return Row(label, [(_text(mine), alike)], [(_text(theirs), alike)])


def _text(value) -> str:
    return UNKNOWN if value in (None, "") else words(value)


def _listed(values: list[str], others: Iterable[str]) -> Segments:
    found: Segments = []
    for value in values:
        found += [("、", False)] if found else []
        found.append((value, value in others))
    return found or [(UNKNOWN, False)]


def marked(text: str, other: str, run: int = RUN) -> Segments:
    """The text in segments; those of at least `run` characters that stand in the other text in the same order are alike.

    A text longer than LONGEST is not searched and comes back whole.
    """
    if not text:
        return [(UNKNOWN, False)]
    if max(len(text), len(other)) > LONGEST:
        return [(text, text == other)]
    found, at = [], 0
    for start, _, size in SequenceMatcher(None, text, other, autojunk=False).get_matching_blocks():
        if size >= run:
            found += [(text[at:start], False)] if start > at else []
            found.append((text[start : start + size], True))
            at = start + size
    return [*found, (text[at:], False)] if at < len(text) else found
