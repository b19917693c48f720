"""Here: what the instrument asked of a project up to where it stands and is not on file. Not here: what is on file.

The door has judged every move on its day; this looks at the file as it lies now. A step back, a voided record, an
exception, a paper never issued or a file lost from the disk leave a gap that an archive must name.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from papers.registry import PAPERS
from policies.engine import applies
from policies.pack import Check, MaterialSpec, Rule
from projects.evidence import EVIDENCE
from projects.judgement import GrantedWaivers, ProjectFacts
from projects.models import Material
from projects.models.record import StageRecord
from projects.permissions import offices_in_words
from projects.states import State
from projects.transitions import label_of, next_move

MISSING, WAIVED, AHEAD = "缺", "例外", "待"
ALWAYS, BEFORE_ALWAYS = "standing", "已到应办的时候"


@dataclass(frozen=True)
class Gap:
    """Something asked for that is not there. `kind` is record, material or paper; `status` 缺, 例外 (granted) or 待 (next step)."""

    kind: str
    code: str
    name: str
    stage: str
    rule: str
    clause: str
    owes: str
    before: str
    status: str

    @property
    def missing(self) -> bool:
        """Whether it is due, and nobody granted an exception."""
        return self.status == MISSING


def gaps(project) -> list[Gap]:
    """Every gap once, in the order of the moves that asked for it, then what is pointed out by now, then the next move's."""
    facts = ProjectFacts(project, project.pack)
    waived = GrantedWaivers(project)
    made = moves_made(project)
    ahead = next_move(project)
    found: dict[tuple[str, str], Gap] = {}
    papers = set(project.papers.values_list("kind", flat=True))
    for move in [*made, ALWAYS, *([ahead] if ahead and ahead not in made else [])]:
        due = move in made or move == ALWAYS
        for each in (*_of_records(project, move, facts, waived, due), *_of_materials(project, move, facts, due)):
            found.setdefault((each.kind, each.code), each)
    for each in _of_papers(project, papers):
        found.setdefault((each.kind, each.code), each)
    return list(found.values())


def moves_made(project) -> list[str]:
    """The forward moves behind the point that the project has reached, in the order of its route."""
    reached = reached_state(project)
    route = list(project.route)
    behind = route[1 : route.index(reached) + 1] if reached in route else []
    by_target = {
        str(step.target): step.name for step in project.get_all_state_transitions() if step.custom.get("forward")
    }
    return [by_target[state] for state in behind if by_target.get(state) in project.pack.moves]


def reached_state(project) -> str:
    """The state of the route that counts: of a project that has left its route, the one it left it from."""
    held = project.held_state
    if held in project.route:
        return held
    left = project.passages.filter(source__in=project.route).order_by("-number").first()
    return str(left.source) if left else str(State.DRAFT)


def _of_records(project, move: str, facts: ProjectFacts, waived, due: bool) -> Iterator[Gap]:
    for rule in project.pack.rules:
        for check in rule.checks:
            if check.governs(move) and _unmet(project, check, facts):
                kind = EVIDENCE[check.remedy]
                spec = project.pack.records.get(kind.name)
                owes = spec.by if spec else check.by or rule.unblock or kind.by
                status = WAIVED if rule.waivable_by and rule.id in waived else MISSING if due else AHEAD
                yield _gap(project, ("record", kind.name, kind.called(project), kind.stage), rule, owes, move, status)


def _unmet(project, check: Check, facts: ProjectFacts) -> bool:
    """Whether the check applies, does not hold, and names a kind of evidence of which there is none on file."""
    kind = EVIDENCE.get(check.remedy)
    if kind is None or not issubclass(kind.model, StageRecord) or facts.get(f"{kind.name}.recorded"):
        return False
    return applies(check.when, facts) is True and (not check.require or applies(check.require, facts) is not True)


def _of_materials(project, move: str, facts: ProjectFacts, due: bool) -> Iterator[Gap]:
    slots = [slot for slot in project.pack.materials if move in slot.moves and applies(slot.when, facts) is True]
    for slot in slots:
        if _wanting(slot, slots, facts.materials):
            name = slot.name
            if slot.required == "one_of":
                name = " / ".join(each.name for each in slots if each.group == slot.group)
            rule = project.pack.rule(slot.rule)
            code = slot.group or slot.code
            status = MISSING if due else AHEAD
            yield _gap(project, ("material", code, name, slot.stage), rule, slot.by, move, status)


def _wanting(slot: MaterialSpec, slots: Iterable[MaterialSpec], answers: dict[str, str]) -> bool:
    """Whether the slot still wants a final document, or, if it asks for what exists, an answer."""
    if slot.required == "one_of":
        return not any(answers.get(each.code) == Material.FINAL for each in slots if each.group == slot.group)
    if slot.required == "if_exists":
        return answers.get(slot.code) not in (Material.FINAL, Material.NONE)
    return slot.required == "always" and answers.get(slot.code) != Material.FINAL


def _of_papers(project, issued: set[str]) -> Iterator[Gap]:
    """Papers that a move of the ledger, back or forth, was to be answered with and that nobody issued."""
    pack = project.pack
    for move in dict.fromkeys(project.passages.order_by("number").values_list("move", flat=True)):
        spec = pack.moves.get(move)
        kind = PAPERS.get(spec.paper) if spec and spec.paper in pack.papers else None
        if kind and kind.name not in issued:
            said = pack.papers[kind.name]
            what = ("paper", kind.name, f"{said.label or kind.label}(公文)", kind.stage)
            yield _gap(project, what, pack.rule(spec.rule), [said.issuer or kind.issuer], move, MISSING)


def _gap(project, what: tuple[str, str, str, str], rule: Rule, owes, move: str, status: str) -> Gap:
    kind, code, name, stage = what
    return Gap(
        kind=kind,
        code=code,
        name=name,
        stage=stage,
        rule=rule.id,
        clause=f"{project.pack.document(rule)} {rule.clause}",
        owes=offices_in_words(project, owes),
        before=BEFORE_ALWAYS if move == ALWAYS else label_of(project, move),
        status=status,
    )
