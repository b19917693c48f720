"""Here: comparing what is on file with what an `expect` step says. Not here: doing anything."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from budget.money import money_of
from deadlines.scenarios import deadline
from desk.scenarios import inbox
from egov_projects.scenarios.steps import Stage
from policies.obligations import Obligation, obligations
from policies.scenario_data import ScenarioError, Step
from policies.verdicts import words
from projects import transitions
from projects.judgement import ProjectFacts
from projects.models import Project, ProjectFlag
from projects.scope import visible_projects


def unmet(stage: Stage, step: Step) -> list[str]:
    """One line for everything that is not as expected."""
    problems: list[str] = []
    for key in step.what:
        if key not in ("due", "status", "provisional"):
            problems += CHECKS[key](stage, step, step.what[key])
    return problems


def _facts(stage: Stage, step: Step, wanted: dict[str, Any]) -> list[str]:
    facts = ProjectFacts(stage.project, stage.project.pack)
    return [
        f"{name}: expected {words(value)}, got {words(facts.get(name))}"
        for name, value in wanted.items()
        if not same(facts.get(name), value)
    ]


def _unknown(stage: Stage, step: Step, names: list[str]) -> list[str]:
    facts = ProjectFacts(stage.project, stage.project.pack)
    return [f"{name}: expected unknown, got {words(facts.get(name))}" for name in names if facts.get(name) is not None]


def _state(stage: Stage, step: Step, wanted: str) -> list[str]:
    return differs("state", wanted, str(stage.project.state))


def _investment(stage: Stage, step: Step, wanted: Any) -> list[str]:
    return differs("investment", Decimal(str(wanted)), stage.project.investment)


def _flags(stage: Stage, step: Step, wanted: list[str]) -> list[str]:
    standing = ProjectFlag.objects.filter(project=stage.project, cleared_on=None).values_list("rule", flat=True)
    return differs("flags", sorted(wanted), sorted(standing))


def _options(stage: Stage, step: Step, wanted: list[str]) -> list[str]:
    actor = stage.actor(step, "applicant")
    got = [option.move for option in transitions.options(stage.project, actor) if option.allowed]
    return differs("options", sorted(wanted), sorted(got))


def _visible(stage: Stage, step: Step, wanted: bool) -> list[str]:
    actor = stage.actor(step, "applicant")
    return differs("visible", wanted, visible_projects(actor).filter(pk=stage.project.pk).exists())


def _include(stage: Stage, step: Step, wanted: list[str]) -> list[str]:
    return missing_obligations(project_obligations(stage.project, step.on), wanted)


def _exclude(stage: Stage, step: Step, wanted: list[str]) -> list[str]:
    return unwanted_obligations(project_obligations(stage.project, step.on), wanted)


def _deadline(stage: Stage, step: Step, code: str) -> list[str]:
    return deadline(stage.project, code, step.what)


def _inbox(stage: Stage, step: Step, wanted: dict[str, list[str]]) -> list[str]:
    problems = []
    for who, expected in wanted.items():
        got = inbox(stage.walker.actor(stage.project, who), stage.project)
        problems += differs(f"inbox {who}", sorted(expected), sorted(got))
    return problems


def _money(stage: Stage, step: Step, wanted: dict[str, Any]) -> list[str]:
    figures = money_of(stage.project)
    if strange := sorted(set(wanted) - set(figures)):
        raise ScenarioError(f"money:没有 {'、'.join(strange)},有 {'、'.join(figures)}")
    return [
        line for name, value in wanted.items() for line in differs(f"money {name}", Decimal(str(value)), figures[name])
    ]


def _papers(stage: Stage, step: Step, wanted: list[str]) -> list[str]:
    return differs("papers", sorted(wanted), sorted(offered("projects.papers", "names")(stage.project)))


CHECKS: dict[str, Callable[[Stage, Step, Any], list[str]]] = {
    "facts": _facts,
    "unknown": _unknown,
    "state": _state,
    "investment": _investment,
    "flags": _flags,
    "options": _options,
    "visible": _visible,
    "obligations_include": _include,
    "obligations_exclude": _exclude,
    "deadline": _deadline,
    "inbox": _inbox,
    "money": _money,
    "papers": _papers,
}


def offered(module: str, name: str) -> Callable:
    """What a room offers to scenarios. Raises ScenarioError while it offers nothing."""
    if find_spec(module.partition(".")[0]) is None or find_spec(module) is None:
        raise ScenarioError(f"expect: {module} answers nothing yet")
    return getattr(import_module(module), name)


def project_obligations(project: Project, on: date) -> list[Obligation]:
    """What the project's pack asks of it, with the facts on file."""
    return obligations(project.pack, ProjectFacts(project, project.pack), on=on)


def missing_obligations(found: list[Obligation], wanted: list[str]) -> list[str]:
    """A line for each id (rule, or rule of a material or deadline) that certainly ought to be among those found."""
    got = {each.rule for each in found if each.applies}
    return [f"obligations: {name} expected, not found" for name in wanted if name not in got]


def unwanted_obligations(found: list[Obligation], wanted: list[str]) -> list[str]:
    """A line for each id that ought not to be there, not even as depending on an open question."""
    got = {each.rule for each in found}
    return [f"obligations: {name} found, not expected" for name in wanted if name in got]


def same(got: Any, wanted: Any) -> bool:
    """Equal, lists and tuples alike; yes is never 1."""
    if isinstance(got, list | tuple) and isinstance(wanted, list | tuple):
        return list(got) == list(wanted)
    return isinstance(got, bool) == isinstance(wanted, bool) and got == wanted


def differs(what: str, wanted: Any, got: Any) -> list[str]:
    """A line when they are not the same, or nothing."""
    return [] if same(got, wanted) else [f"{what}: expected {words(wanted)}, got {words(got)}"]
