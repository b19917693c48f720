"""Here: who has to do what for a project now. Not here: whether it may be done (the door judges again).

From the next forward move: what the rules still ask for, by the role that can put it on file; when nothing stands in
the way, the move itself. Besides, exceptions to decide and what rooms above have registered with `@duty`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from deadlines.clocks import live
from deadlines.escalation import standing
from deadlines.recurring import clocks_of
from deadlines.words import spec_of
from desk.models import ESCALATION, ConsultationAnswer, Duty
from desk.queues import queue_of
from organizations import clock
from organizations.roles import APPLICANT
from policies.pack import Pack
from policies.verdicts import Verdict
from projects.evidence import EVIDENCE
from projects.judgement import judge
from projects.models.exceptions import Waiver
from projects.states import CLOSED, State
from projects.transitions import next_move


@dataclass(frozen=True)
class Wanted:
    """A duty that ought to stand."""

    role: str
    kind: str
    name: str
    label: str
    holder: str = ""


@dataclass(frozen=True)
class Task:
    """A duty outside the next move: it stands while `holds(project)` is true. `name` may be an evidence name."""

    name: str
    label: str
    role: str
    holds: Callable[..., bool]


_tasks: dict[tuple[str, str], Task] = {}


def duty(name: str, *, label: str, role: str):
    """Register the decorated function(project) → bool: while it is true, `role` has this to do (e.g. 固定资产登记)."""

    def register(function: Callable[..., bool]) -> Callable[..., bool]:
        if (name, role) in _tasks:
            raise ValueError(f"duty {name} of {role} is registered twice")
        _tasks[name, role] = Task(name, label, role, function)
        return function

    return register


_followers: list[Callable[[list[Duty]], None]] = []


def follow_new(function: Callable[[list[Duty]], None]) -> None:
    """Call function(duties) with what a refresh has added."""
    if function not in _followers:
        _followers.append(function)


def refresh(project) -> None:
    """Make the stored duties of a project those that stand now; what stood before keeps its day."""
    standing = {(row.role, row.kind, row.name): row for row in project.duties.all()}
    desired = {(each.role, each.kind, each.name): each for each in wanted(project)}
    gone = [row.pk for key, row in standing.items() if key not in desired]
    if gone:
        project.duties.filter(pk__in=gone).delete()
    for key in standing.keys() & desired.keys():
        if standing[key].label != desired[key].label:
            project.duties.filter(pk=standing[key].pk).update(label=desired[key].label)
    new = Duty.objects.bulk_create(
        [
            Duty(
                project=project,
                holder=each.holder or queue_of(project, each.role),
                role=each.role,
                kind=each.kind,
                name=each.name,
                label=each.label,
                since=clock.today(),
            )
            for key, each in desired.items()
            if key not in standing
        ]
    )
    for follow in _followers:
        follow(new)


def wanted(project) -> list[Wanted]:
    """Everything that somebody has to do for the project now. A draft is its unit's alone (YQ-2.2-2, YQ-3.1-6)."""
    if project.state in CLOSED:
        return []
    pack = project.pack
    if project.state == State.DRAFT:
        own = [Wanted(APPLICANT, Duty.MOVE, "file", pack.moves["file"].label)] if "file" in pack.moves else []
        return [*own, *_opinions(project)]
    usual = [*_for_next_move(project, pack), *_waivers(project, pack), *_room_tasks(project), *_opinions(project)]
    return [*usual, *_reports(project, pack), *_escalations(project)]


def _for_next_move(project, pack: Pack) -> list[Wanted]:
    move = next_move(project)
    if move is None:
        return []
    blocking = [verdict for verdict in judge(project, move) if verdict.blocks]
    found = [each for each in (_mending(project, pack, verdict) for verdict in blocking) if each]
    if not found:
        return [Wanted(pack.moves[move].by[0], Duty.MOVE, move, pack.moves[move].label or move)]
    return _ready(list(dict.fromkeys(found)), pack)


def _mending(project, pack: Pack, verdict: Verdict) -> Wanted | None:
    """The duty that would mend a verdict, or None when no evidence or document would."""
    if verdict.remedy.startswith("material:"):
        slot = pack.material(verdict.remedy.removeprefix("material:"))
        return Wanted(_first(verdict.unblock, slot.by), Duty.MATERIAL, slot.code, f"提交“{slot.name}”")
    kind = EVIDENCE.get(verdict.remedy)
    if kind is None or not kind.is_open(project):
        return None
    return Wanted(_first(verdict.unblock, kind.offices(project)), Duty.EVIDENCE, kind.name, kind.called(project))


def _first(preferred: Iterable[str], by: tuple[str, ...]) -> str:
    return next((role for role in preferred if role in by), by[0])


def _ready(found: list[Wanted], pack: Pack) -> list[Wanted]:
    """Without those that must wait for another of the list: 受理 comes before 预审意见 (YQ-3.1-6)."""
    names = {each.name for each in found}
    ready = [each for each in found if not (asked_before(pack, each.name) & names) - {each.name}]
    return ready or found


def asked_before(pack: Pack, name: str) -> set[str]:
    """The evidence that rules ask for before this evidence may be put on file."""
    checks = [check for rule in pack.rules for check in rule.checks if check.governs(f"record:{name}")]
    conditions = [condition for check in checks if check.severity == "refuse" for condition in check.require]
    return {each.fact.partition(".")[0] for one in conditions for each in (one, *one.any)} | {
        check.remedy for check in checks if check.severity == "refuse" and check.require
    }


def _waivers(project, pack: Pack) -> list[Wanted]:
    """Each pending exception, with the office that may decide it."""
    pending = Waiver.objects.filter(project=project, decision=Waiver.PENDING)
    return [
        Wanted(pack.rule(rule).waivable_by[0], Duty.WAIVER, rule, f"决定例外申请({rule})")
        for rule in pending.order_by("id").values_list("rule", flat=True).distinct()
        if rule in pack.by_id
    ]


def _opinions(project) -> list[Wanted]:
    """Each opinion that somebody was asked for and has not given (加签)."""
    asked = ConsultationAnswer.objects.filter(consultation__project=project, consultation__settled_at=None, opinion="")
    return [
        Wanted(each.role, Duty.CONSULT, str(each.pk), "答复加签", each.to)
        for each in asked.order_by("id").only("pk", "to")
    ]


def _reports(project, pack: Pack) -> list[Wanted]:
    """Recurring reports that are owed, several periods of one as one duty, named after the oldest."""
    recurring = [spec for spec in pack.reports if spec.from_state]
    owed = live(project).filter(clocks_of(recurring)).order_by("-starts_on", "-id") if recurring else ()
    found = {(each.who, spec_of(pack, each.code).record): each.label for each in owed}
    return [Wanted(who, Duty.EVIDENCE, name, label) for (who, name), label in found.items()]


def _escalations(project) -> list[Wanted]:
    """What is late and was taken to the superior, until the superior has said what was done or it is late no longer."""
    return [
        Wanted(each.to, Duty.TASK, f"{ESCALATION}{each.deadline.code}"[:60], f"督办:“{each.deadline.label}”已超期")
        for each in standing(project).filter(handled_on=None)
    ]


def _room_tasks(project) -> list[Wanted]:
    """What rooms ask for beside the next move; not evidence that this place does not know."""
    known = [task for task in _tasks.values() if task.name not in EVIDENCE or EVIDENCE[task.name].exists_for(project)]
    return [Wanted(task.role, Duty.TASK, task.name, task.label) for task in known if task.holds(project)]
