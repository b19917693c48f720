"""Here: playing one scenario in a transaction of its own. Not here: reading it, doing its steps, printing."""

import tempfile
import traceback
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from django.db import transaction
from django.test.utils import override_settings

from egov_projects.scenarios import city as cities
from egov_projects.scenarios.book import judge_book
from egov_projects.scenarios.expectations import unmet
from egov_projects.scenarios.outcome import Got, ScenarioOutcome, StepOutcome, attempt, compare, expected_answer
from egov_projects.scenarios.steps import ACTIONS, Stage, form_values
from egov_projects.walk import Stuck, Walker
from organizations import clock
from policies.scenario_data import Names, Scenario, ScenarioError, Setup, Step
from policies.scenarios import read
from projects.errors import Invalid, ProjectError
from projects.filing import open_draft
from projects.models import Project

ATTEMPTS = 4


def play_file(path: Path, names: Names, *, keep: bool = False) -> ScenarioOutcome:
    """Read and play one file; what cannot be read is an outcome with an error."""
    try:
        scenario = read(path, names)
    except ScenarioError as error:
        return ScenarioOutcome(str(path), error=str(error))
    return play(scenario, keep=keep)


def play(scenario: Scenario, *, keep: bool = False) -> ScenarioOutcome:
    """Play a scenario and undo everything, files included, unless it is to be kept. Never raises for what it finds."""
    outcome = ScenarioOutcome.of(scenario)
    outcome.steps += [judge_book(scenario.pack, check) for check in scenario.checks]
    if scenario.setup is None:
        return outcome
    with ExitStack() as stack:
        if not keep:
            media = stack.enter_context(tempfile.TemporaryDirectory())
            stack.enter_context(override_settings(MEDIA_ROOT=media))
        stack.enter_context(transaction.atomic())
        _play(scenario, scenario.setup, outcome, keep)
        if not keep:
            transaction.set_rollback(True)
    return outcome


def _play(scenario: Scenario, setup: Setup, outcome: ScenarioOutcome, keep: bool) -> None:
    try:
        stage = _in_time(scenario, setup, keep)
    except Exception as error:
        outcome.error = f"project: {_in_words(error)}"
        return
    outcome.project = stage.project.number
    if keep:
        outcome.sign_in = {role: user.username for role, user in stage.city.users.items()}
        outcome.sign_in["password"] = stage.city.password or ""
    for step in scenario.steps:
        outcome.steps.append(_step(stage, step))
        if not outcome.steps[-1].holds:
            return


class _TooEarly(Exception):
    """A state was only reached on a later day than it should have been: the law makes it wait so many days."""


def _in_time(scenario: Scenario, setup: Setup, keep: bool) -> Stage:
    """The start of the scenario; where the law makes a move wait, what went before happened that much earlier."""
    for _ in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return _set_up(scenario, setup, keep)
        except _TooEarly as early:
            state, days = early.args
            before = list(setup.dates)[list(setup.dates).index(state) + 1 :]
            if setup.fixed & set(before):
                break
            setup = replace(setup, dates={
                each: day - timedelta(days=days) if each in before else day for each, day in setup.dates.items()
            })  # fmt: skip
    raise ScenarioError(f"project dates: {state} cannot lawfully be reached so early, {days} days are missing")


def _set_up(scenario: Scenario, setup: Setup, keep: bool) -> Stage:
    """The city, and the project walked to where the scenario begins, each state on its day."""
    days = setup.dates
    with clock.at(min(days.values())):
        city = cities.build(scenario.pack, unit=dict(setup.unit), keep=keep)
    filed = days.get("filed", setup.on)
    batch = cities.open_batch(city, dict(setup.batch), filed) if setup.batch is not None else None
    walker = Walker(city.users, setup.without, {name: form_values(dict(data)) for name, data in setup.evidence.items()})
    with clock.at(days["draft"]):
        project = _draft(setup, city, walker, batch)
    for state in [state for state in project.route if state in days][1:]:
        with clock.at(days[state]):
            walker.walk_to(project, state)
        reached = project.passages.order_by("-number").values_list("on", flat=True).first()
        if reached > days[state]:
            raise _TooEarly(state, (reached - days[state]).days)
    return Stage(city, walker, project)


def _draft(setup: Setup, city, walker: Walker, batch) -> Project:
    project = open_draft(actor=city.users["applicant"], name=setup.name, kind=setup.kind, origin=setup.origin)
    project.declared_total = Decimal(setup.investment)
    yearly = {"batch": batch.pk, "plan_year": batch.plan_year} if batch and setup.origin == "年度申报" else {}
    filing = {
        "name": setup.name,
        "kind": setup.kind,
        "origin": setup.origin,
        **yearly,
        **form_values(dict(setup.filing)),
    }
    walker.record(project, "filing", filing)
    return Project.objects.get(pk=project.pk)


def _step(stage: Stage, step: Step) -> StepOutcome:
    expected = {
        key: value for key, value in step.given.items() if key not in ("fields", "title", "value", "reason", "basis")
    }
    found = StepOutcome(str(step), step.on.isoformat(), step.given.get("title", ""), expected)
    with clock.at(step.on):
        try:
            if step.verb == "expect":
                found.expected = step.what
                found.problems = unmet(stage, step)
            else:
                notes = _prepare(stage, step)
                got = attempt(lambda: ACTIONS[step.verb](stage, step))
                _refresh(stage, got)
                found.got, found.verdicts = got.as_json(), got.verdicts
                found.problems = compare(step, got)
                found.problems += notes if found.problems else []
        except Exception as error:
            found.problems.append(_in_words(error))
    return found


def _prepare(stage: Stage, step: Step) -> list[str]:
    """File lawful defaults before a move that is not expected to fail for another reason than the law."""
    if step.verb != "do" or not step.given.get("prepare", True) or expected_answer(step) not in ("done", "refused"):
        return []
    try:
        with transaction.atomic():
            stage.walker.prepare(stage.project, step.what, expected=step.refused_by)
    except (ProjectError, Stuck) as error:
        return [f"while preparing: {_in_words(error)}"]
    return []


def _refresh(stage: Stage, got: Got) -> None:
    stage.project = Project.objects.get(pk=stage.project.pk)
    got.state = str(stage.project.state)


def _in_words(error: Exception) -> str:
    text = str(error)
    if not isinstance(error, Stuck | ProjectError | ScenarioError):
        last = traceback.extract_tb(error.__traceback__)[-1]
        return f"crashed: {type(error).__name__}: {text} ({Path(last.filename).name}:{last.lineno})"
    if isinstance(error, Invalid):
        text += " " + "; ".join(f"{name}: {one.get('message')}" for name, each in error.errors.items() for one in each)
    rules = getattr(error, "rules", None)
    return f"{text} {', '.join(rules)}" if rules else text
