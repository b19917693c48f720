"""Here: what a pack consists of, as plain data. Not here: reading files (loader.py), judging (engine.py)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Condition:
    """`{fact, test, value}`; the bound may be another `fact` (other) or a `parameter`. `any` holds alternatives.

    `presumed` lets the what-if take the condition as holding while nobody has answered the fact; judging never does.
    """

    fact: str = ""
    test: str = ""
    value: Any = None
    other: str = ""
    parameter: str = ""
    of: str = ""
    label: str = ""
    presumed: bool = False
    any: tuple["Condition", ...] = ()

    @property
    def operands(self) -> tuple[str, ...]:
        """The facts that a single comparison looks at."""
        parameter = f"parameter.{self.parameter}" if self.parameter else ""
        return tuple(filter(None, (self.fact, self.other, self.of, parameter)))


def leaves(conditions: Iterable[Condition]) -> Iterator[Condition]:
    """The single comparisons of conditions, those of an `any` among them."""
    for condition in conditions:
        yield from leaves(condition.any) if condition.any else (condition,)


@dataclass(frozen=True)
class Check:
    """When one of `moves` is made, or one of `records` is put on file, or always (`standing`): `when` → `require`.

    `message` is what an unmet requirement means in words; {actual} and {bound} come from the first unmet comparison.
    `by` are the roles that can mend this very check, where they are fewer than the rule's `unblock`. `outside` checks are
    asked even of projects that the pack's `scope` leaves out, which nothing else is: to say so of them.
    """

    moves: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    standing: bool = False
    when: tuple[Condition, ...] = ()
    require: tuple[Condition, ...] = ()
    severity: str = "refuse"
    message: str = ""
    remedy: str = ""
    by: tuple[str, ...] = ()
    outside: bool = False

    def governs(self, action: str) -> bool:
        """Whether this check is asked for an action: a move name, `record:<evidence>` or `standing`."""
        if action == "standing":
            return self.standing
        kind, _, name = action.rpartition(":")
        return name in (self.records if kind == "record" else self.moves)


@dataclass(frozen=True)
class Rule:
    """One clause of the instrument. `status` enforced | shown | not_enforceable (then `because` says why).

    `means` says how it is enforced: guard, role, routing, document, record, money, deadline, report, notice, scope.
    `where` names the piece of the house that carries it when no check of the pack does. `source` is the title of the
    document it stands in where that is not the instrument itself but a guide to it.
    """

    id: str
    clause: str
    says: str
    status: str = "enforced"
    means: str = "guard"
    basis: str = "none"
    stage: str = ""
    checks: tuple[Check, ...] = ()
    waivable_by: tuple[str, ...] = ()
    unblock: tuple[str, ...] = ()
    where: str = ""
    because: str = ""
    inference: str = ""
    source: str = ""


@dataclass(frozen=True)
class Route:
    """The ordered states that projects of these kinds (empty: all) and origins (empty: all) go through."""

    states: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class MoveSpec:
    """Who makes a move in this regime, what it is called here, and the clause that says so."""

    by: tuple[str, ...]
    label: str = ""
    rule: str = ""
    note: str = "optional"
    paper: str = ""


@dataclass(frozen=True)
class PaperSpec:
    """How this place issues a kind of paper: the office (a role), the `series` of its numbers, the words of its red head.

    Without a series it carries no number (a form). `copies` are roles that get a copy, `cites` the clauses it goes back to.
    A kind that the pack does not name is not issued in this place.
    """

    issuer: str = ""
    series: str = ""
    label: str = ""
    mark: str = ""
    copies: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecordSpec:
    """Who puts a kind of evidence on file in this regime, and the clause that says so.

    A kind that the pack does not name does not exist for its projects. Without `by` the kind's usual offices record it;
    `open_in` are the states in which it is open, where they are not the usual ones. `closed_rule` is the clause that
    locks it once the move `closed_after` has been made. `paper` is issued with the record by the office that issues it.
    """

    by: tuple[str, ...] = ()
    open_in: tuple[str, ...] = ()
    label: str = ""
    rule: str = ""
    closed_rule: str = ""
    closed_after: str = ""
    paper: str = ""


@dataclass(frozen=True)
class MaterialSpec:
    """A slot for a document. `required`: always | one_of (with its `group`) | if_exists (answered 有 or 无此件) | optional."""

    code: str
    name: str
    rule: str
    stage: str = ""
    required: str = "optional"
    group: str = ""
    moves: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()
    by: tuple[str, ...] = ("applicant",)
    template: str = ""


@dataclass(frozen=True)
class DeadlineSpec:
    """From `start` event to `until` event, `within` n `unit`, or only waiting when the text gives no figure.

    `within` 0 is due on the very day that `dated` names. Two specs of one code are one clock that either event starts.

    `parameter` names an office's own reminder days (never shown as statutory). A second `start` begins the clock anew
    when `restart` is set; `stop`/`resume` events pause it. `dated` is the field of the starting record that holds the
    first day (else the day it was put on file). `opens_after` n units the window begins that ends with `within`: what
    comes earlier is for a rule to refuse. `when` opens a clock, `met_when` lets an `until` event close it. `until_day`
    ("08-31") is instead the last day: the next such day of the year, the starting day included.
    """

    code: str
    rule: str
    label: str
    start: str
    until: tuple[str, ...]
    who: str
    within: int | None = None
    unit: str = "working_days"
    parameter: str = ""
    restart: bool = True
    stop: tuple[str, ...] = ()
    resume: tuple[str, ...] = ()
    dated: str = ""
    when: tuple[Condition, ...] = ()
    met_when: tuple[Condition, ...] = ()
    opens_after: int | None = None
    until_day: str = ""
    remind_before: int = 1
    on_late: str = "flag"

    @property
    def events(self) -> tuple[str, ...]:
        """Every event this clock listens to."""
        return (self.start, *self.until, *self.stop, *self.resume)

    def last_day(self, start: date) -> date | None:
        """The next `until_day` from a day on; None where the text names no day of the year."""
        if not self.until_day:
            return None
        this_year = date.fromisoformat(f"{start.year}-{self.until_day}")
        return this_year if this_year >= start else date.fromisoformat(f"{start.year + 1}-{self.until_day}")

    def limit(self, unit_words: Mapping[str, str]) -> str:
        """How long the clock runs, in words; empty where the text names no figure."""
        if self.until_day:
            return f"{int(self.until_day[:2])}月{int(self.until_day[3:])}日前"
        return f"{self.within}{unit_words[self.unit]}" if self.within else ""


@dataclass(frozen=True)
class ReportSpec:
    """A list or report the text asks for: `who` makes it, for whom (`to`), how often.

    `every` is month, quarter, half_year, year or on_demand; `parameter` names a choice by which an office sets it. A
    recurring one is due `within` n `unit` after its period (0: on the period's last day; none: the text names no day).
    With `from_state` every project of these `kinds` (empty: all) owes it for each period in which it was between
    `from_state` and `to_state`, and the evidence `record` fulfils it; without, the offices `who` owe one together.
    """

    code: str
    rule: str
    label: str
    every: str = "on_demand"
    who: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    from_state: str = ""
    to_state: str = ""
    kinds: tuple[str, ...] = ()
    record: str = ""
    within: int | None = None
    unit: str = "days"
    parameter: str = ""
    remind_before: int = 5
    while_suspended: bool = False


@dataclass(frozen=True)
class EscalationSpec:
    """Lateness that is taken to a superior: which office, and the parameter that says after how many working days."""

    to: str
    parameter: str
    rule: str = ""


@dataclass(frozen=True)
class NoticeSpec:
    """Who is told when an event happens: `event` is move:<name>, record:<evidence>, void:…, material:…, waiver or batch.

    `to` are roles, 'all_units', or 'record.<field>' for the units that a list field of the record names. In `text`,
    {project}, {number}, {unit}, {record.<field>} are filled in; for a batch {batch}, {doc_no}, {opens}, {closes}.
    """

    code: str
    rule: str
    event: str
    to: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class ParameterSpec:
    """What the text leaves open: its default (none: not set), who may set it, for whom, and what to record."""

    name: str
    kind: str
    label: str
    set_by: tuple[str, ...]
    default: Any = None
    rule: str = ""
    per: str = "jurisdiction"
    choices: tuple[str, ...] = ()
    needs: tuple[str, ...] = ("reason",)


IN_FORCE = "in_force"
VALIDITIES = {IN_FORCE: "有效", "lapsed": "已失效", "draft": "征求意见稿"}


@dataclass(frozen=True)
class Pack:
    """One instrument as data. `text` is its source, `digest` names that exact version in the ledger.

    `governing` is the role that publishes the yearly notice and registers the instrument's end; `sees_drafts` are the
    roles that may read what has not been filed yet, `sees_below` those that may read what is filed in the places below
    (left out: `governing` and audit). A project of a place below whose facts meet all `claims` comes under this pack
    instead of that place's own; `claims_rule` is the clause that says so.

    An instrument whose `validity` is lapsed or draft binds nobody: it is kept to compare with and for projects of its
    time, its rules only point out, and no project is filed under it. `excerpt` says what of the text the source has, where
    that is not all: readers are told that a rule may be missing here and stand there.
    """

    code: str
    prefix: str
    title: str
    doc_no: str
    issuer: str
    jurisdiction: str
    effective_from: date
    effective_to: date | None = None
    validity: str = IN_FORCE
    applies_by: str = "filed_on"
    after_expiry: str = "flag"
    cite_as: str = ""
    excerpt: str = ""
    governing: str = "gov_office"
    sees_drafts: tuple[str, ...] = ("gov_office", "audit")
    sees_below: tuple[str, ...] | None = None
    claims: tuple[Condition, ...] = ()
    claims_rule: str = ""
    scope: tuple[Condition, ...] = ()
    offices: Mapping[str, str] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    construction_kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    stages: tuple[Mapping[str, Any], ...] = ()
    routes: tuple[Route, ...] = ()
    moves: Mapping[str, MoveSpec] = field(default_factory=dict)
    records: Mapping[str, RecordSpec] = field(default_factory=dict)
    papers: Mapping[str, PaperSpec] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    materials: tuple[MaterialSpec, ...] = ()
    deadlines: tuple[DeadlineSpec, ...] = ()
    reports: tuple[ReportSpec, ...] = ()
    escalation: EscalationSpec | None = None
    notices: tuple[NoticeSpec, ...] = ()
    parameters: tuple[ParameterSpec, ...] = ()
    text: str = ""
    digest: str = ""

    def route_for(self, kind: str, origin: str = "") -> tuple[str, ...]:
        """The states of this kind and origin, in order; the most specific route wins. Raises LookupError for none."""
        fitting = [
            route
            for route in self.routes
            if (not route.kinds or kind in route.kinds) and (not route.origins or origin in route.origins)
        ]
        if not fitting:
            raise LookupError(f"{self.code}: no route for kind {kind!r}, origin {origin!r}")
        return max(fitting, key=lambda route: (bool(route.origins), bool(route.kinds))).states

    def rule(self, rule_id: str) -> Rule:
        """The rule with this id. Raises KeyError."""
        return self.by_id[rule_id]

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        """Rules by their id."""
        return {rule.id: rule for rule in self.rules}

    def governing_checks(self, action: str) -> tuple[tuple[Rule, tuple[Check, ...]], ...]:
        """The rules that are asked for an action, each with those of its checks that are."""
        if action not in self._governing:
            asked = [(rule, tuple(check for check in rule.checks if check.governs(action))) for rule in self.rules]
            self._governing[action] = tuple((rule, checks) for rule, checks in asked if checks)
        return self._governing[action]

    @cached_property
    def _governing(self) -> dict[str, tuple]:
        return {}

    def parameter(self, name: str) -> ParameterSpec:
        """The parameter of this name. Raises KeyError."""
        return {spec.name: spec for spec in self.parameters}[name]

    def material(self, code: str) -> MaterialSpec:
        """The material slot of this code. Raises KeyError."""
        return {spec.code: spec for spec in self.materials}[code]

    @property
    def looks_below(self) -> frozenset[str]:
        """The roles that may read what is filed in the places below."""
        return frozenset((self.governing, "audit") if self.sees_below is None else self.sees_below)

    @property
    def binding(self) -> bool:
        """Whether projects can be filed under it."""
        return self.validity == IN_FORCE

    @property
    def validity_words(self) -> str:
        """What it is, in a word: 有效, 已失效, 征求意见稿."""
        return VALIDITIES[self.validity]

    def document(self, rule: Rule) -> str:
        """The document that a clause is cited from."""
        return rule.source or self.called

    def office(self, role: str) -> str:
        """What this place calls a role; 'applicant' is the building unit."""
        return self.offices.get(role, role)

    @property
    def called(self) -> str:
        """How the instrument is named in short: by its number, or as it is cited where the source has none."""
        return self.cite_as or self.doc_no

    def lapsed(self, on: date) -> bool:
        """Whether the instrument has ended by this day."""
        return self.effective_to is not None and on > self.effective_to

    @property
    def calls_for_filings(self) -> bool:
        """Whether this instrument opens filing with a notice."""
        return any(notice.event == "batch" for notice in self.notices)
