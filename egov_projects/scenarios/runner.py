"""Here: playing scenarios, each undone before the next. Not here: reading them, doing their steps, printing."""

import tempfile
import traceback
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path

from django.db import transaction
from django.test.utils import override_settings

from egov_projects.scenarios.book import judge_book
from egov_projects.scenarios.expectations import unmet
from egov_projects.scenarios.outcome import Got, ScenarioOutcome, StepOutcome, attempt, compare, expected_answer
from egov_projects.scenarios.starts import Starts, key_of
from egov_projects.scenarios.steps import ACTIONS, Stage
from egov_projects.walk import Stuck
from organizations import clock
from policies.scenario_data import Names, Scenario, ScenarioError, Step
from policies.scenarios import read
from projects.errors import Invalid, ProjectError
from projects.models import Project
from projects.validity import for_comparison


def play_file(path: Path, names: Names, *, keep: bool = False) -> ScenarioOutcome:
    """Read and play one file; what cannot be read is an outcome with an error."""
    (outcome,) = play_files([path], names, keep=keep)
    return outcome


def play_files(paths: Collection[Path], names: Names, *, keep: bool = False) -> Iterator[ScenarioOutcome]:
    """Read and play files, those that begin alike one after the other; each undone, or with `keep` each kept."""
    found = []
    for path in paths:
        try:
            found.append(read(path, names))
        except ScenarioError as error:
            yield ScenarioOutcome(str(path), error=str(error))
    if keep:
        alone = [list(play([scenario], keep=True)) for scenario in found]
        yield from (outcome for (outcome,) in alone)
        return
    for _, alike in groupby(sorted(found, key=_beginning), key=lambda scenario: _beginning(scenario)[0]):
        yield from play(list(alike))


def play(scenarios: Collection[Scenario], *, keep: bool = False) -> Iterator[ScenarioOutcome]:
    """Play scenarios one after the other. Never raises for what it finds.

    Each begins from the state of the database that it would find alone: what others did is undone, files included.
    With `keep` exhaust it: what was played is committed at the end.
    """
    with ExitStack() as stack:
        if not keep:
            media = stack.enter_context(tempfile.TemporaryDirectory())
            stack.enter_context(override_settings(MEDIA_ROOT=media))
        stack.enter_context(transaction.atomic())
        starts = Starts(keep=keep)
        for scenario in scenarios:
            yield _play(scenario, starts)
        if not keep:
            transaction.set_rollback(True)


def _beginning(scenario: Scenario) -> tuple:
    """Scenarios that begin alike stand together, those that leave nothing out first, the shorter ways first."""
    setup = scenario.setup
    if setup is None:
        return ((), 0, 0)
    return (key_of(scenario, setup), len(setup.without) + len(setup.evidence), len(setup.dates))


def _play(scenario: Scenario, starts: Starts) -> ScenarioOutcome:
    with for_comparison():
        return _played(scenario, starts)


def _played(scenario: Scenario, starts: Starts) -> ScenarioOutcome:
    outcome = ScenarioOutcome.of(scenario)
    outcome.steps += [judge_book(scenario.pack, check) for check in scenario.checks]
    if scenario.setup is None:
        return outcome
    try:
        stage = starts.stage(scenario, scenario.setup)
    except Exception as error:
        outcome.error = f"project: {_in_words(error)}"
        return outcome
    outcome.project = stage.project.number
    if starts.keep:
        people = {role: user.username for role, user in stage.city.users.items()}
        outcome.sign_in = {**people, "password": stage.city.password or ""}
    for step in scenario.steps:
        outcome.steps.append(_step(stage, step))
        if not outcome.steps[-1].holds:
            break
    return outcome


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
