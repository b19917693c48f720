"""Here: the book asked about one project, with facts from the rooms. Not here: rules, or doing anything about the answer."""

from collections.abc import Callable, Collection, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from organizations import clock
from policies.engine import assess
from policies.pack import Pack
from policies.verdicts import Verdict, allowed, plain
from policies.vocabulary import FACTS
from projects.models.exceptions import Waiver
from projects.models.material import Material

_shared: ContextVar[tuple[Any, dict[Any, Any], dict[str, Any]]] = ContextVar("shared_facts", default=(None, {}, {}))


@contextmanager
def facts_stand(project):
    """Inside, every fact about the project is asked once, whatever is judged. Nothing may be put on file meanwhile."""
    token = None if standing(project) else _shared.set((project, {}, {}))
    try:
        yield
    finally:
        if token is not None:
            _shared.reset(token)


@contextmanager
def facts_may_change():
    """Inside, nothing that was asked before is taken for known."""
    token = _shared.set((None, {}, {}))
    try:
        yield
    finally:
        _shared.reset(token)


def standing(project) -> bool:
    """Whether the facts about this very object stand."""
    return project is not None and _shared.get()[0] is project


def once(project, name: str, make: Callable[[Any], Any]) -> Any:
    """`make(project)`, but only once while the facts stand; for what several facts of a room are computed from."""
    if not standing(project):
        return make(project)
    made = _shared.get()[2]
    if name not in made:
        made[name] = make(project)
    return made[name]


class ProjectFacts:
    """Answers facts about one project by name and remembers what was asked. `candidate` is evidence being put on file."""

    def __init__(self, project, pack: Pack, candidate=None) -> None:
        self.project = project
        self.pack = pack
        self.candidate = candidate
        self.asked: dict[str, Any] = {}
        self._known: dict[Any, Any] = _shared.get()[1] if standing(project) else {}
        self._records: dict[str, list] = {}
        self._materials: dict[str, str] | None = None

    def get(self, name: str, default: Any = None) -> Any:
        """The value of the fact, or None for unknown. Each fact is asked once."""
        if name not in self.asked:
            family, _, rest = name.partition(".")
            if self.candidate is not None and family == self.candidate_name:
                self.asked[name] = candidate_value(self.candidate, rest)
            else:
                key = (self.pack.code, name) if family == "parameter" else name
                if key not in self._known:
                    self._known[key] = self._answer(name)
                self.asked[name] = self._known[key]
        return self.asked[name]

    def _answer(self, name: str) -> Any:
        family, _, rest = name.partition(".")
        if family == "material":
            return self.materials.get(rest, Material.MISSING)
        if family == "parameter":
            from projects.instruments import parameter

            return parameter(self.pack, rest, jurisdiction_id=self.project.jurisdiction_id, project_id=self.project.pk)
        fact = FACTS.get(name)
        if fact is None or fact.answer is None:
            return None
        read = getattr(fact.answer, "from_records", None)
        return read(self._valid_records(family)) if read else fact.answer(self.project)

    def _valid_records(self, name: str) -> list:
        """All valid records of one kind of evidence, newest first, fetched once."""
        from projects.evidence import EVIDENCE
        from projects.on_file import records

        if name not in self._records:
            self._records[name] = records(self.project, EVIDENCE[name])
        return self._records[name]

    @cached_property
    def candidate_name(self) -> str:
        """The evidence name of the candidate."""
        from projects.evidence import type_of

        return type_of(self.candidate).name

    @property
    def materials(self) -> dict[str, str]:
        """Status of the newest version of each material slot."""
        if self._materials is None:
            self._materials = once(self.project, "materials", _statuses)
        return self._materials


def _statuses(project) -> dict[str, str]:
    rows = Material.objects.filter(project=project).order_by("code", "version")
    return dict(rows.values_list("code", "status"))


def candidate_value(record, name: str) -> Any:
    """A field of evidence that is being put on file, under the same names as its automatic facts."""
    from projects.evidence import type_of

    fact = FACTS.get(f"{type_of(record).name}.{name}")
    if fact is None or fact.answer is None:
        return None
    if hasattr(fact.answer, "from_record"):
        return fact.answer.from_record(record)
    return fact.answer(getattr(record, "project", record))


@dataclass(frozen=True)
class Judgement:
    """What the book said: verdicts, the facts it asked for, the pack version, the exceptions it used."""

    verdicts: tuple[Verdict, ...]
    facts: dict[str, Any]
    pack: Pack
    waivers: list[dict] = field(default_factory=list)

    @property
    def allows(self) -> bool:
        """True when nothing blocks."""
        return allowed(self.verdicts)


def consider(project, action: str, *, candidate=None, only: Collection[str] | None = None) -> Judgement:
    """Ask the project's instrument about an action today: a move name, `record:<evidence>` or `standing`.

    With `only` these of its rules are asked.
    """
    pack = project.pack
    on = clock.today()
    with facts_stand(project):
        facts, granted = ProjectFacts(project, pack, candidate), GrantedWaivers(project)
        verdicts = assess(action, pack, facts, on=on, applies_on=project.filed_on or on, waivers=granted, only=only)
    if action == "file":
        from projects.claims import verdicts as of_places_above

        verdicts = (*of_places_above(project), *verdicts)
    used = [{"rule": verdict.rule, **verdict.waiver} for verdict in verdicts if verdict.waiver]
    return Judgement(verdicts, plain(facts.asked), pack, used)


def judge(project, action: str) -> tuple[Verdict, ...]:
    """The verdicts alone."""
    return consider(project, action).verdicts


class GrantedWaivers(Mapping):
    """Exceptions granted for this project, by rule; read when a rule that may be waived stands in the way."""

    def __init__(self, project) -> None:
        self.project = project

    @cached_property
    def granted(self) -> dict[str, dict]:
        """What was granted, why, by whom and when."""
        rows = Waiver.objects.filter(project=self.project, decision=Waiver.GRANTED).select_related("decided_by")
        return {
            row.rule: {
                "waiver": row.pk,
                "reason": row.reason,
                "basis": row.basis,
                "decided_by": row.decided_by.display_name,
                "decided_on": row.decided_on.isoformat(),
            }
            for row in rows
        }

    def __getitem__(self, rule: str) -> dict:
        return self.granted[rule]

    def __iter__(self):
        return iter(self.granted)

    def __len__(self) -> int:
        return len(self.granted)
