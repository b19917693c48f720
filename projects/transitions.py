"""Here: the door, the only way a project changes state. Not here: rules (packs), evidence (rooms), pages."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef
from django_fsm import TransitionNotAllowed

from organizations import audit, clock
from policies.digest import default_algorithm
from policies.verdicts import Verdict, plain
from projects import events
from projects.errors import Forbidden, Invalid, NotOffered, Refused, Stale
from projects.governance import judged
from projects.instruments import remember
from projects.judgement import Judgement, consider, facts_stand
from projects.models.edges import edges
from projects.models.lifecycle import Lifecycle
from projects.models.passage import Passage
from projects.models.project import Project
from projects.permissions import may_move, offices_in_words, roles
from projects.states import State
from projects.validity import obstacle


@dataclass(frozen=True)
class Option:
    """A move from here: may this person make it, and if not, who may and which clauses stand in the way."""

    move: str
    label: str
    target: str
    forward: bool
    permitted: bool
    by: tuple[str, ...]
    note: str
    verdicts: tuple[Verdict, ...]

    @property
    def allowed(self) -> bool:
        """Whether this person can make the move now."""
        return self.permitted and not self.blocking

    @property
    def blocking(self) -> list[Verdict]:
        """The verdicts in the way."""
        return [verdict for verdict in self.verdicts if verdict.blocks]

    @property
    def flagged(self) -> list[Verdict]:
        """The verdicts that only point something out."""
        return [verdict for verdict in self.verdicts if verdict.outcome == "flags"]


@transaction.atomic
def perform(project_id: int, move: str, *, actor, note: str = "", seen: str | None = None) -> Passage:
    """Make one move of a project, with its ledger row and everything that follows, or nothing at all.

    `seen` is the state the actor was looking at; another one raises Stale. Raises Project.DoesNotExist (not theirs to
    see), NotOffered, Stale, Invalid (a note is needed), Forbidden (names the offices), Refused (with every verdict).
    """
    from projects.scope import locked_project

    project = locked_project(actor, project_id)
    if seen is not None and seen != project.state:
        raise Stale(f"项目现在是“{project.get_state_display()}”,请刷新后再办。", state=project.state)
    found = rehearse(project, move, actor=actor, note=note)
    return _go_through(project, move, actor, note, found)


def rehearse(project: Project, move: str, *, actor, note: str) -> Judgement:
    """What the door says of the move, without making it. Raises as `perform` does."""
    _offered(project, move)
    _permitted(project, move, actor)
    if project.pack.moves[move].note == "required" and not note.strip():
        raise Invalid("请写明说明。", {"note": [{"message": "此事项须写明说明。", "code": "required"}]})
    found = consider(project, move)
    if not found.allows:
        raise Refused(f"“{label_of(project, move)}”暂不能办理。", found.verdicts)
    return found


def options(project: Project, actor) -> list[Option]:
    """Every move from here on this project's route, forward ones first, each with its verdicts for today."""
    with facts_stand(project):
        found = [_option(project, step, actor) for step in _steps(project)]
    return sorted(found, key=lambda option: not option.forward)


def _option(project: Project, step, actor) -> Option:
    spec = project.pack.moves[step.name]
    return Option(
        move=step.name,
        label=label_of(project, step.name),
        target=_target(project, step),
        forward=step.custom["forward"],
        permitted=may_move(actor, project, step.name),
        by=spec.by,
        note=spec.note,
        verdicts=consider(project, step.name).verdicts,
    )


def next_move(project: Project) -> str | None:
    """The forward move of the route from here, or None at its end and off the route."""
    return next((step.name for step in _steps(project) if step.custom["forward"]), None)


def label_of(project: Project, move: str) -> str:
    """What this place calls the move."""
    spec = project.pack.moves.get(move)
    return (spec and spec.label) or move


def moves() -> list[str]:
    """All moves of the map."""
    return [name for name, method in vars(Lifecycle).items() if hasattr(method, "_django_fsm")]


def forward_moves(source: str, target: str) -> set[str]:
    """The forward moves of the map that lead straight from one state to another."""
    return {name for name, pairs in edges().items() if (source, target) in pairs and is_forward(name)}


def is_forward(move: str) -> bool:
    """Whether a move of the map goes on along the chain."""
    steps = getattr(Lifecycle, move)._django_fsm.transitions.values()
    return any(step.custom["forward"] for step in steps)


def _steps(project: Project):
    """The map's moves from the present state that are on the route and named by the pack."""
    for step in project.get_all_state_transitions():
        if step.source == project.state and step.name in project.pack.moves and _on_route(project, step):
            yield step


def _on_route(project: Project, step) -> bool:
    if not step.custom["forward"]:
        return _target(project, step) != project.state and (
            step.name != "step_back" or _target(project, step) != State.DRAFT
        )
    route = project.route
    at = route.index(project.state) if project.state in route else len(route)
    return at + 1 < len(route) and route[at + 1] == step.target


def _target(project: Project, step) -> str:
    return step.target.func(project) if hasattr(step.target, "func") else str(step.target)


def _offered(project: Project, move: str) -> None:
    if move == "file" and (reason := obstacle(project.pack)):
        raise NotOffered(reason, state=project.state)
    if not any(step.name == move for step in _steps(project)):
        raise NotOffered(
            f"“{project.get_state_display()}”的项目没有“{label_of(project, move)}”这一事项。", state=project.state
        )


def _permitted(project: Project, move: str, actor) -> None:
    if not may_move(actor, project, move):
        spec = project.pack.moves[move]
        rule = project.pack.by_id.get(spec.rule)
        raise Forbidden(
            f"“{label_of(project, move)}”由{offices_in_words(project, spec.by)}办理"
            + (f"(依据 {project.pack.document(rule)} {rule.clause},{rule.id})。" if rule else "。"),
            roles=list(spec.by),
            rule=spec.rule,
        )


def _go_through(project: Project, move: str, actor, note: str, found: Judgement) -> Passage:
    source = project.state
    try:
        with judged(project, move, found.verdicts):
            getattr(project, move)()
    except TransitionNotAllowed as error:
        raise NotOffered(str(error)) from error
    if move == "suspend":
        project.suspended_from = source
    passage = _stamp(project, move, source, actor, note, found)
    project.ledger_head, project.ledger_length = passage.hash, passage.number
    if move == "file":
        project.filed_on = passage.on
    project.save(update_fields=["state", "suspended_from", "ledger_head", "ledger_length", "filed_on"])
    audit.record(actor, f"move:{move}", target=f"{source}>{project.state}", project_id=project.pk, hash=passage.hash)
    events.happened(f"move:{move}", project=project, actor=actor, passage=passage)
    return passage


def _stamp(project: Project, move: str, source: str, actor, note: str, found: Judgement) -> Passage:
    by = project.pack.moves[move].by
    passage = Passage(
        project=project,
        number=project.ledger_length + 1,
        move=move,
        source=str(source),
        target=str(project.state),
        actor=actor,
        actor_name=actor.display_name,
        acting_for=actor.organization.name,
        role=next(role for role in by if role in roles(actor, project)),
        on=clock.today(),
        at=clock.now(),
        note=note,
        pack_code=found.pack.code,
        pack_digest=remember(found.pack),
        facts=found.facts,
        verdicts=[verdict.as_json() for verdict in found.verdicts],
        waivers=plain(found.waivers),
        previous_hash=project.ledger_head,
        algorithm=default_algorithm(),
    )
    passage.hash = passage.computed_hash()
    passage.save()
    return passage


def passed(project: Project, move: str) -> bool:
    """Whether the project stands beyond this move on its route: the move's stage is closed for its documents."""
    targets = {
        str(step.target) for step in project.get_all_state_transitions() if step.name == move and step.custom["forward"]
    }
    route = project.route
    held = project.held_state
    if held not in route:
        return held not in (State.DRAFT,)
    return any(target in route and route.index(target) <= route.index(held) for target in targets)


def entered(states: Iterable[str], **when) -> Exists:
    """For a query of projects: has one ever come into one of these states; `on__lte` or `on__lt` a day, if given."""
    return Exists(Passage.objects.filter(project=OuterRef("pk"), target__in=states, **when))
