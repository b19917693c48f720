"""Here: bringing a project to where a scenario begins, walking beginnings in common once. Not here: the steps (runner)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from egov_projects.scenarios import city as cities
from egov_projects.scenarios.steps import Stage, form_values
from egov_projects.walk import Walker
from organizations import clock
from policies.scenario_data import Scenario, ScenarioError, Setup
from projects.filing import open_draft
from projects.models import Project

ATTEMPTS = 4


class TooEarly(Exception):
    """A state was only reached so many days after its day: the law makes the move that leads there wait."""


@dataclass(frozen=True)
class Milestone:
    """A state reached on a day, the evidence that the way to it asked for, and where the database can return to."""

    state: str
    day: date
    asked: frozenset[str]
    savepoint: str


class Starts:
    """Use inside one transaction. Each call undoes whatever was done since the last milestone that both ways share."""

    def __init__(self, *, keep: bool = False) -> None:
        self.keep = keep
        self.city: cities.City
        self.key: tuple | None = None
        self.project_id = 0
        self.walked_by: Walker | None = None
        self.milestones: list[Milestone] = []
        self.origin = transaction.savepoint()

    def stage(self, scenario: Scenario, setup: Setup) -> Stage:
        """The project at the beginning of this scenario, earlier days moved back where the law makes a move wait.

        Raises Stuck, ProjectError, and ScenarioError for days that the scenario fixed and the law does not allow.
        """
        for _ in range(ATTEMPTS):
            try:
                return self._stage(scenario, setup)
            except TooEarly as early:
                state, days = early.args
                before = list(setup.dates)[list(setup.dates).index(state) + 1 :]
                if setup.fixed & set(before):
                    break
                setup = replace(setup, dates=moved_back(setup.dates, before, days))
        raise ScenarioError(f"project dates:依法不能这么早到 {state},还差 {days} 天")

    def _stage(self, scenario: Scenario, setup: Setup) -> Stage:
        overlay = {name: form_values(dict(fields)) for name, fields in setup.evidence.items()}
        if self.key != key_of(scenario, setup):
            self._begin(scenario, setup, overlay)
        route = Project.objects.get(pk=self.project_id).route
        path = [(state, setup.dates[state]) for state in route if state in setup.dates]
        walker = Walker(self.city.users, setup.without, overlay)
        self._return_to(self._shared(path, walker))
        project = Project.objects.get(pk=self.project_id)
        self.walked_by = walker
        for state, day in path[len(self.milestones) :]:
            self._walk(project, walker, state, day)
        return Stage(self.city, walker, Project.objects.get(pk=self.project_id))

    def _begin(self, scenario: Scenario, setup: Setup, overlay: dict) -> None:
        """A new city and a new draft."""
        transaction.savepoint_rollback(self.origin)
        self.key, self.milestones = None, []
        days = setup.dates
        with transaction.atomic():
            with clock.at(min(days.values())):
                self.city = cities.build(scenario.pack, unit=dict(setup.unit), keep=self.keep)
            filed = days.get("filed", setup.on)
            opens = setup.batch is not None and scenario.pack.calls_for_filings
            batch = cities.open_batch(self.city, dict(setup.batch or {}), filed) if opens else None
            walker = Walker(self.city.users, setup.without, overlay)
            with clock.at(days["draft"]):
                self.project_id = draft(setup, walker, batch).pk
        self._reached("draft", days["draft"], walker)
        self.key = key_of(scenario, setup)

    def _shared(self, path: list[tuple[str, date]], walker: Walker) -> int:
        """How many milestones the way of this scenario has in common with the one on file."""
        shared = 0
        for milestone, place in zip(self.milestones, path, strict=False):
            if (milestone.state, milestone.day) != place or not self._walks_alike(walker, milestone.asked):
                break
            shared += 1
        return max(shared, 1)

    def _walks_alike(self, walker: Walker, asked: frozenset[str]) -> bool:
        """Whether nothing that was asked for is left out or filled in differently."""
        before = self.walked_by
        return before is None or not (
            (before.without ^ walker.without) & asked
            or any(before.fields.get(name) != walker.fields.get(name) for name in asked)
        )

    def _return_to(self, count: int) -> None:
        del self.milestones[count:]
        transaction.savepoint_rollback(self.milestones[-1].savepoint)

    def _walk(self, project: Project, walker: Walker, state: str, day: date) -> None:
        walker.asked.clear()
        with transaction.atomic(), clock.at(day):
            walker.walk_to(project, state)
            reached = project.passages.order_by("-number").values_list("on", flat=True).first()
            if reached and reached > day:
                raise TooEarly(state, (reached - day).days)
        self._reached(state, day, walker)

    def _reached(self, state: str, day: date, walker: Walker) -> None:
        self.milestones.append(Milestone(state, day, frozenset(walker.asked), transaction.savepoint()))


def key_of(scenario: Scenario, setup: Setup) -> tuple:
    """What must be equal for two scenarios to begin with the same draft in the same city."""
    days = setup.dates
    same = (setup.kind, setup.origin, setup.name, setup.investment, setup.filing, setup.unit, setup.batch)
    return (
        scenario.pack.code,
        repr(same),
        days["draft"],
        days.get("filed", setup.on),
        repr(setup.evidence.get("filing")),
    )


def moved_back(dates, states: list[str], days: int) -> dict[str, date]:
    """The same dates with those of some states so many days earlier."""
    return {state: day - timedelta(days=days) if state in states else day for state, day in dates.items()}


def draft(setup: Setup, walker: Walker, batch) -> Project:
    """A complete draft: lawful defaults under what the scenario says of the filing."""
    applicant = walker.actors["applicant"]
    project = open_draft(actor=applicant, name=setup.name, kind=setup.kind, origin=setup.origin)
    project.declared_total = Decimal(setup.investment)
    fields = {"name": setup.name, "kind": setup.kind, "origin": setup.origin}
    if batch and setup.origin == project.pack.origins[0]:
        fields |= {"batch": batch.pk, "plan_year": batch.plan_year}
    walker.record(project, "filing", fields | form_values(dict(setup.filing)))
    return Project.objects.get(pk=project.pk)
