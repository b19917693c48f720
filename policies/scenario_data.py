"""Here: what a scenario consists of, as plain data, and the words of its format. Not here: reading files (scenarios.py)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from policies.pack import Pack
from policies.vocabulary import FACTS, nearest

PEOPLE = ("applicant", "sibling", "other")
ANSWERS = ("refused_by", "flagged_by", "waived_by", "forbidden", "closed", "error", "state")
COMMON = ("title", "on", "by", "user", *ANSWERS)
VERBS: Mapping[str, tuple[str, ...]] = {
    "do": ("note", "seen", "prepare"),
    "record": ("fields", "exact", "without"),
    "void": ("reason",),
    "attach": ("status", "note"),
    "waive": ("rule", "reason", "basis", "requested_by", "grant"),
    "pay": ("kind", "fields"),
    "parameter": ("name", "value", "reason", "basis"),
    "publish": (),
    "repeal": (),
    "sweep": (),
    "expect": (),
}
EXPECTATIONS = (
    "facts", "unknown", "state", "deadline", "due", "status", "provisional", "obligations_include", "obligations_exclude",
    "inbox", "money", "papers", "flags", "options", "visible", "investment",
)  # fmt: skip
PROJECT_KEYS = (
    "kind", "investment", "at", "on", "name", "origin", "flags", "dates", "without", "evidence", "unit", "batch",
)  # fmt: skip
CHECK_KEYS = (
    "title", "on", "filed_on", "facts", "action", "refused_by", "flagged_by", "obligations_include", "obligations_exclude",
)  # fmt: skip
HEAD_KEYS = ("title", "pack", "clauses", "project", "step", "check")


class ScenarioError(ValueError):
    """A scenario that cannot be played. The message names the place and what is wrong, with the nearest known name."""


@dataclass(frozen=True)
class Names:
    """What the house offers to scenarios beside the packs: evidence with its fields, moves with their targets, …"""

    evidence: Mapping[str, Collection[str]]
    targets: Mapping[str, str | None]
    states: Collection[str]
    filing: Collection[str]
    unit: Collection[str] = ()
    batch: Collection[str] = ()
    papers: Collection[str] = ()


@dataclass(frozen=True)
class Setup:
    """The project before the first step: its filing, how far it has come, on which days, with what left out.

    `dates` has a day for every state on the way; `fixed` are those that the scenario gave itself.
    """

    at: str
    on: date
    kind: str
    origin: str
    name: str
    investment: str
    filing: Mapping[str, Any] = field(default_factory=dict)
    evidence: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    dates: Mapping[str, date] = field(default_factory=dict)
    fixed: frozenset[str] = frozenset()
    unit: Mapping[str, Any] = field(default_factory=dict)
    batch: Mapping[str, Any] | None = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One thing somebody does on a day, and what must come of it. `what` is the value of the verb's own key."""

    number: int
    verb: str
    what: Any
    on: date
    by: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)

    @property
    def refused_by(self) -> frozenset[str]:
        """The rules that must refuse, exactly."""
        return frozenset(self.given.get("refused_by", ()))

    @property
    def errors(self) -> frozenset[str]:
        """The form fields or answers of the door that are expected as errors."""
        error = self.given.get("error", ())
        return frozenset([error] if isinstance(error, str) else error)

    def __str__(self) -> str:
        what = self.what if isinstance(self.what, str) else ""
        return f"{self.number} {self.verb} {what}".rstrip() + (f" by {self.by}" if self.by else "")


@dataclass(frozen=True)
class BookCheck:
    """A question to the book alone, without a project: facts in, verdicts or obligations out."""

    number: int
    on: date
    facts: Mapping[str, Any]
    given: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"check {self.number} {self.given.get('action') or 'obligations'}"


@dataclass(frozen=True)
class Scenario:
    """A worked case: what it exercises, where the project stands, what is done, what the book alone must say."""

    path: str
    title: str
    pack: Pack
    clauses: tuple[str, ...]
    setup: Setup | None
    steps: tuple[Step, ...]
    checks: tuple[BookCheck, ...]


def known(given, allowed: Collection[str], where: str) -> None:
    """Raise ScenarioError for the first name that is not allowed, with the nearest one that is."""
    for name in given:
        if name not in allowed:
            raise ScenarioError(f"{where}:没有“{name}”{nearest(str(name), allowed)}")


def fact_names(pack: Pack) -> set[str]:
    """Every fact that can be named under this pack."""
    return (
        set(FACTS)
        | {f"material.{spec.code}" for spec in pack.materials}
        | {f"parameter.{spec.name}" for spec in pack.parameters}
    )


def typed(name: str, value: Any) -> Any:
    """A fact's value as its kind wants it: money from text, dates from ISO text. Raises ScenarioError."""
    kind = FACTS[name].kind if name in FACTS else ""
    fits = {
        "money": not isinstance(value, bool) and isinstance(value, str | int | Decimal),
        "number": not isinstance(value, bool) and isinstance(value, int | Decimal),
        "date": isinstance(value, date | str),
        "flag": isinstance(value, bool),
        "list": isinstance(value, list),
        "text": isinstance(value, str),
    }
    try:
        if not fits.get(kind, True):
            raise ValueError
        if kind == "money":
            return Decimal(value)
        return date.fromisoformat(value) if kind == "date" and isinstance(value, str) else value
    except (ValueError, InvalidOperation):
        raise ScenarioError(f"facts:“{name}”是 {kind},不能是 {value!r}") from None
